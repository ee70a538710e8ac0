import { expect, test } from '@playwright/test';
import { open, signIn, typeFiling } from './world';

test('a clerk receives a filing without touching the mouse, and is ready for the next citizen', async ({
  page,
}) => {
  await open(page, 'demo');
  await signIn(page);
  const before = Number((await page.getByTestId('count-not_at_centre').innerText()).match(/\d+/)?.[0]);
  await typeFiling(page);
  await expect(page.getByTestId('receipt-sheet').locator('img')).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('received-code')).toHaveText(/^[A-Z]\d{2}(\.\d{2,3})+-\d{6}-\d{4,}$|^T-/);
  await expect(page.getByTestId('received-due')).toHaveText(/^\d{2}\/\d{2}\/\d{4} \d{2}:\d{2}$/);
  await expect(page.getByTestId('said')).toContainText(await page.getByTestId('received-code').innerText());
  await expect(page.getByTestId('procedure')).toBeFocused();
  await expect(page.getByTestId('last-filings')).toContainText('Nguyễn Thị Ừng');
  // Nothing may be at the centre before it was sent: here the count only grows or has been sent already.
  await expect(page.getByTestId('status-here')).toHaveText(/\d+ hồ sơ trên máy này/);
  expect(before).toBeGreaterThanOrEqual(0);
});

test('Alt+Enter receives and keeps the person, so that nobody is typed twice', async ({ page }) => {
  await open(page, 'demo');
  await signIn(page);
  await typeFiling(page);
  await page.keyboard.press('Alt+Enter');
  await expect(page.getByTestId('received-code')).toBeVisible();
  await expect(page.getByTestId('kept-person')).toContainText('Nguyễn Thị Ừng');
  await page.keyboard.type('thuong tru');
  await expect(page.getByRole('option').first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-section=person]')).toContainText('066150001234');
});

test('the first wrong field gets the cursor and says what to do; nothing typed is lost', async ({ page }) => {
  await open(page, 'demo');
  await signIn(page);
  await page.keyboard.type('thuong tru');
  await expect(page.getByRole('option').first()).toBeVisible();
  await page.keyboard.press('Enter');
  await page.getByTestId('field-applicant.address').fill('Buôn Tring');
  await page.getByTestId('field-applicant.id_number').fill('06615');
  await page.keyboard.press('Control+Enter');
  const name = page.getByTestId('field-applicant.name');
  await expect(name).toBeFocused();
  await expect(name).toHaveAttribute('aria-invalid', 'true');
  await expect(name).toHaveAccessibleDescription(/Chưa nhập/);
  await expect(page.getByTestId('field-applicant.id_number')).toHaveAccessibleDescription(/12 chữ số/);
  await expect(page.getByTestId('field-applicant.address')).toHaveValue('Buôn Tring');
  await expect(page.getByTestId('wrong-count')).toBeVisible();
});

test('an empty required field stays quiet until the clerk tries to receive', async ({ page }) => {
  await open(page, 'demo');
  await signIn(page);
  await page.keyboard.type('thuong tru');
  await expect(page.getByRole('option').first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('field-applicant.name')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('field-applicant.birth')).toBeFocused();
  await expect(page.getByTestId('field-applicant.name')).not.toHaveAttribute('aria-invalid', 'true');
});

test('typed text is not touched while an input method composes', async ({ page }) => {
  await open(page, 'demo');
  await signIn(page);
  await page.keyboard.type('thuong tru');
  await expect(page.getByRole('option').first()).toBeVisible();
  await page.keyboard.press('Enter');
  const name = page.getByTestId('field-applicant.name');
  await expect(name).toBeFocused();
  const session = await page.context().newCDPSession(page);
  await session.send('Input.imeSetComposition', { text: 'Nguyê', selectionStart: 5, selectionEnd: 5 });
  await name.dispatchEvent('keydown', { key: 'Enter', isComposing: true, keyCode: 229, bubbles: true });
  await expect(name).toBeFocused();
  await session.send('Input.insertText', { text: 'Nguyễn' });
  await expect(name).toHaveValue('Nguyễn');
});

test('a cleared draft comes back with one key press of undo', async ({ page }) => {
  await open(page, 'demo');
  await signIn(page);
  await page.keyboard.type('thuong tru');
  await expect(page.getByRole('option').first()).toBeVisible();
  await page.keyboard.press('Enter');
  await page.keyboard.type('Vàng A Páo');
  await expect(page.getByTestId('draft-kept')).toBeVisible();
  await page.keyboard.press('F4');
  await expect(page.getByTestId('procedure')).toBeFocused();
  await page.getByTestId('draft-undo').press('Enter');
  await expect(page.getByTestId('field-applicant.name')).toHaveValue('Vàng A Páo');
});
