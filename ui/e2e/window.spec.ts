import { expect, test } from '@playwright/test';
import { open, real, signIn } from './world';

test('the language changes at once, with what is typed left alone', async ({ page }) => {
  await open(page, 'demo');
  await signIn(page);
  await page.keyboard.type('ket');
  await page.keyboard.press('Control+k');
  await page.getByTestId('field-find').fill('tieng anh');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Receive a filing');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.getByTestId('procedure')).toHaveValue('ket');
  await expect(page.locator('body')).not.toContainText('Đồng bộ');
});

test('another user can sign in with a draft open, and each finds their own again', async ({ page }) => {
  await open(page, 'demo');
  await signIn(page);
  await page.keyboard.type('thuong tru');
  await expect(page.getByRole('option').first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('field-applicant.name')).toBeFocused();
  await page.keyboard.type('Thạch Sô Phi');
  await page.getByTestId('switch-user').press('Enter');
  await page.locator('[data-testid^=staff-]').nth(1).press('Enter');
  await expect(page.getByTestId('procedure')).toBeVisible();
  await expect(page.getByText('Thạch Sô Phi').and(page.locator('input'))).toHaveCount(0);
  await page.getByTestId('switch-user').press('Enter');
  await page.locator('[data-testid^=staff-]').first().press('Enter');
  await expect(page.getByTestId('field-applicant.name')).toHaveValue('Thạch Sô Phi');
});

test('a draft survives a reload of the window', async ({ page }) => {
  test.skip(!real, 'the fake desk forgets with its page');
  await open(page, 'demo');
  await signIn(page);
  await page.keyboard.type('thuong tru');
  await expect(page.getByRole('option').first()).toBeVisible();
  await page.keyboard.press('Enter');
  await page.keyboard.type('Thạch Sô Phi');
  await expect(page.getByTestId('draft-kept')).toHaveText(/Đã giữ \d{2}:\d{2}/);
  await page.reload();
  await expect(page.getByTestId('field-applicant.name')).toHaveValue('Thạch Sô Phi');
});

test('F1 shows the keys of the page, Esc closes only that layer, and the cursor is back where it was', async ({
  page,
}) => {
  await open(page, 'demo');
  await signIn(page);
  await page.keyboard.press('F1');
  await expect(page.getByRole('dialog')).toContainText('Tiếp nhận và in');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByTestId('procedure')).toBeFocused();
});

test('filings are found without accents and open beside the list with the keyboard', async ({ page }) => {
  await open(page, 'demo');
  await signIn(page);
  await page.keyboard.press('Alt+3');
  await expect(page.getByTestId('filings-find')).toBeFocused();
  const first = page.getByTestId('filings').locator('tbody tr').first();
  await expect(first).toBeVisible();
  const code = (await first.locator('td').first().innerText()).trim();
  await page.keyboard.type(code);
  await expect(page.getByTestId('filings').locator('tbody tr')).toHaveCount(1);
  await first.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('opened-filing')).toContainText(code);
  await expect(first).toBeFocused();
  await expect(page.getByTestId('opened-filing').locator('img')).toBeVisible();
});

test('below 1180 css px the paper is a tab that F8 opens over the page and Esc closes', async ({ page }) => {
  await open(page, 'demo', { zoom: 150 });
  await signIn(page);
  await expect(page.locator('aside')).toBeHidden();
  await page.keyboard.press('F8');
  await expect(page.locator('aside')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.locator('aside')).toBeHidden();
});

test('Sync says in three places where filings are, and sends on Ctrl+Enter', async ({ page }) => {
  await open(page, 'demo');
  await signIn(page);
  await page.keyboard.press('Alt+6');
  await expect(page.getByTestId('sync-here')).toHaveText(/^[\d.]+$/);
  await expect(page.getByTestId('sync-centre')).toHaveText(/^[\d.]+$/);
  for (const words of ['trên máy này', 'tại máy chủ của xã', 'trên hệ thống tỉnh']) {
    await expect(page.getByRole('main')).toContainText(words);
  }
  const here = await page.getByTestId('sync-here').innerText();
  await expect(page.getByTestId('status-here')).toContainText(here);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('sync-now')).toBeVisible();
});

test('without a network the work goes on, and no modal box says so', async ({ page }) => {
  test.skip(!real, 'the cable is pulled at the real desk');
  await page.request.post('/test/centre/down');
  await open(page, 'demo');
  await page.request.post('/test/centre/down');
  await signIn(page);
  await page.keyboard.press('Alt+6');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('sync-link')).not.toContainText('Liên lạc được');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.request.post('/test/centre/up');
});

test('the recovery paper is shown once, and going on needs its last group', async ({ page }) => {
  await open(page, 'first');
  await page.getByTestId('first-name').fill('Lê Anh Tuấn');
  await page.getByTestId('first-password').fill('mot hai ba bon');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  const code = (await page.getByTestId('recovery-code-shown').innerText()).trim();
  await page.getByTestId('recovery-typed').fill('0000');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('recovery-typed')).toHaveAttribute('aria-invalid', 'true');
  await page.getByTestId('recovery-typed').fill(code.split(/[\s-]+/).at(-1)!);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('recovery-code-shown')).toHaveCount(0);
});

test('a password that is too short is said beside its field, which has the cursor', async ({ page }) => {
  await open(page, 'first');
  await page.getByTestId('first-name').fill('Lê Anh Tuấn');
  const password = page.getByTestId('first-password');
  await password.fill('ngan');
  await page.getByTestId('first-name').focus();
  await page.keyboard.press('Control+Enter');
  await expect(password).toBeFocused();
  await expect(password).toHaveAttribute('aria-invalid', 'true');
  await expect(password).toHaveAccessibleDescription(/ít nhất 8 ký tự/);
  await expect(page.getByRole('main').getByText(/ít nhất 8 ký tự/i), 'said once').toHaveCount(1);
});

test('a wrong password is no longer spoken of where the recovery code is asked for', async ({ page }) => {
  await open(page, 'plain');
  await page.locator('[data-testid^=staff-]').first().press('Enter');
  await page.getByTestId('password').fill('khong dung');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('password')).toHaveAccessibleDescription(/Mật khẩu chưa đúng/);
  await page.getByTestId('forgot').press('Enter');
  await expect(page.getByTestId('recovery-code')).toBeFocused();
  await expect(page.getByRole('main')).not.toContainText('Mật khẩu chưa đúng');
});

test('the page that enrols a machine has the cursor in its first field', async ({ page }) => {
  await open(page, 'enrol');
  await expect(page.getByTestId('enrol-centre')).toBeFocused();
});

test('where an opened filing lies over the list, looking for others puts it away', async ({ page }) => {
  await open(page, 'demo', { zoom: 200 });
  await signIn(page);
  await page.keyboard.press('Alt+3');
  await page.getByTestId('filings').locator('tbody tr').first().press('Enter');
  await expect(page.getByTestId('opened-filing')).toBeVisible();
  await page.getByTestId('filings-find').fill('nguyen');
  await expect(page.getByTestId('opened-filing')).toBeHidden();
  await expect(page.getByTestId('filings').locator('tbody tr').first()).toBeVisible();
});

test('a window that becomes smaller keeps what has the cursor in view', async ({ page }) => {
  await open(page, 'demo');
  await signIn(page);
  await page.keyboard.type('thuong tru');
  await expect(page.getByRole('option').first()).toBeVisible();
  await page.keyboard.press('Enter');
  const name = page.getByTestId('field-applicant.name');
  await expect(name).toBeFocused();
  await page.setViewportSize({ width: 683, height: 348 });
  await expect(name).toBeInViewport({ ratio: 1 });
});

test('a key right behind a change of place is done by that place, and not by the one that is left', async ({
  page,
}) => {
  test.skip(!real, 'the dev server hands out other files');
  let hand = () => {};
  const asked = new Promise<void>((done) => (hand = done));
  // The page's own file is still on its way when the key comes.
  await page.route(/\/assets\/sync-.*\.js$/, async (route) => {
    await asked;
    await route.continue();
  });
  await open(page, 'demo');
  await signIn(page);
  const sent = page.waitForRequest('**/cmd/sync_now');
  await page.keyboard.press('Alt+6');
  await page.keyboard.press('Control+Enter');
  hand();
  await sent;
});

test('an answer that was overtaken on its way does not turn the window back', async ({ page }) => {
  test.skip(!real, 'the fake desk answers at once');
  await open(page, 'demo');
  await expect(page.locator('[data-testid^=staff-]').first()).toBeFocused();
  let hand = () => {};
  const signedIn = new Promise<void>((done) => (hand = done));
  let late = 0;
  // What was true before the day was confirmed arrives after it.
  await page.route('**/cmd/app_state', async (route) => {
    const answer = await route.fetch();
    const { phase } = (await answer.json()) as { phase: string };
    if (phase === 'confirm_clock') {
      late += 1;
      await signedIn;
    }
    await route.fulfill({ response: answer });
  });
  await page.keyboard.press('Enter');
  await page.getByTestId('clock-confirm').press('Enter');
  await expect(page.getByTestId('procedure')).toBeFocused();
  expect(late).toBeGreaterThan(0);
  const arrived = page.waitForResponse('**/cmd/app_state');
  hand();
  await arrived;
  // Something typed behind it stands where it was typed.
  await page.keyboard.type('ket hon');
  await expect(page.getByRole('option').first()).toBeVisible();
  await expect(page.getByTestId('procedure')).toHaveValue('ket hon');
});
