import { expect, test, type Locator, type Page } from '@playwright/test';
import type { AppState, SyncItem } from '../src/lib/host/api.gen';
import { open, real, signIn, typeFiling } from './world';

/** Answers that the page asks for while it is closed are nobody's. */
test.afterEach(async ({ page }) => await page.unrouteAll({ behavior: 'ignoreErrors' }));

/** Holds every answer to a command back until the answered function is called. */
async function hold(page: Page, command: string): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((done) => (release = done));
  await page.route(`**/cmd/${command}`, async (route) => {
    await released;
    // A page that has gone meanwhile wants no answer.
    await route.continue().catch(() => {});
  });
  return release;
}

/** What stands for something that is still to come: unseen at 149 ms, there at 150, and no motion in it. */
async function comesLate(shape: Locator): Promise<{ before: string; after: string; endless: number }> {
  return await shape.evaluate((element) => {
    // Begun anew: by now the wait may be over.
    const { style } = element as HTMLElement;
    style.animation = 'none';
    void (element as HTMLElement).offsetWidth;
    style.animation = '';
    const wait = element.getAnimations()[0];
    if (!wait) return { before: 'no wait at all', after: '', endless: 0 };
    wait.pause();
    wait.currentTime = 149;
    const before = getComputedStyle(element).opacity;
    wait.currentTime = 150;
    const after = getComputedStyle(element).opacity;
    wait.finish();
    const all = document.getAnimations();
    const endless = all.filter((one) => one.effect?.getTiming().iterations === Infinity).length;
    return { before, after, endless };
  });
}

const lists = [
  { name: 'the last filings', command: 'desk_counts', list: 'last-filings', go: '' },
  { name: 'the filings', command: 'filing_list', list: 'filings', go: 'Alt+3' },
  { name: 'what waits to be sent', command: 'sync_items', list: 'sync-items', go: 'Alt+6' },
];

test.describe('what is still to come', () => {
  test.skip(!real, 'answers are held back between the page and the real desk');

  for (const { name, command, list, go } of lists) {
    test(`${name}: nothing for 150 ms, then the shape of a list, then the list, and nothing jumps`, async ({
      page,
    }) => {
      await open(page, 'demo');
      const release = await hold(page, command);
      await signIn(page);
      if (go) await page.keyboard.press(go);
      const table = page.getByTestId(list);
      await expect(table).toHaveAttribute('aria-busy', 'true');
      expect(await comesLate(table)).toEqual({ before: '0', after: '1', endless: 0 });
      await expect(table.locator('tfoot .shape').first()).toBeVisible();
      await expect(page.getByRole('progressbar')).toHaveCount(0);
      const top = (await table.boundingBox())?.y;
      release();
      await expect(table.locator('tbody tr[tabindex="0"]')).toBeVisible();
      await expect(table.locator('tfoot')).toHaveCount(0);
      await expect(table).not.toHaveAttribute('aria-busy', 'true');
      expect((await table.boundingBox())?.y, 'the list stands where its shape stood').toBe(top);
    });
  }

  test('the state of sync: its shape, and no number that nobody has said', async ({ page }) => {
    await open(page, 'demo');
    const release = await hold(page, 'sync_state');
    await signIn(page);
    await page.keyboard.press('Alt+6');
    const shape = page.getByTestId('sync-coming');
    await expect(shape).toBeAttached();
    expect(await comesLate(shape)).toEqual({ before: '0', after: '1', endless: 0 });
    await expect(page.getByRole('main')).not.toContainText(/\d/);
    release();
    await expect(page.getByTestId('sync-here')).toHaveText(/^[\d.]+$/);
    await expect(shape).toHaveCount(0);
  });

  test('the stored receipt of an opened filing: a blank sheet of the same size, never "there is none"', async ({
    page,
  }) => {
    await open(page, 'demo');
    await signIn(page);
    const release = await hold(page, 'receipt_picture');
    await page.keyboard.press('Alt+3');
    await page.getByTestId('filings').locator('tbody tr').first().press('Enter');
    const sheet = page.getByTestId('opened-filing').getByTestId('receipt-sheet');
    await expect(sheet).toHaveAttribute('aria-busy', 'true');
    expect(await comesLate(sheet)).toEqual({ before: '0', after: '1', endless: 0 });
    await expect(sheet).toHaveText('');
    const blank = (await sheet.boundingBox())!;
    release();
    await expect(sheet.locator('img')).toBeVisible();
    const full = (await sheet.boundingBox())!;
    expect(Math.abs(full.height - blank.height), 'the page below does not jump').toBeLessThanOrEqual(2);
  });
});

test('after a restart the draft comes whole; Ctrl+Enter that was pressed too early is done once it is here', async ({
  page,
}) => {
  test.skip(!real, 'the fake desk forgets with its page');
  await open(page, 'demo');
  await signIn(page);
  await typeFiling(page, 'Lò Thị Ổn');
  await expect(page.getByTestId('draft-kept')).toBeVisible();
  const release = await hold(page, 'procedure_get');
  const saves: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/cmd/draft_save')) saves.push(request.postData() ?? '');
  });
  const asked = page.waitForRequest('**/cmd/procedure_get');
  await page.reload();
  await asked;
  await expect(page.getByTestId('draft-coming')).toBeAttached();
  for (const other of ['procedure', 'last-filings', 'pads-act', 'field-applicant.name']) {
    await expect(page.getByTestId(other), `${other} of a page that is not the draft's`).toHaveCount(0);
  }
  await page.keyboard.press('Control+Enter');
  release();
  await expect(page.getByTestId('received-code')).toHaveText(/-\d{4,}$/);
  await expect(page.getByTestId('last-filings')).toContainText('Lò Thị Ổn');
  expect(saves, 'nothing was typed, so nothing was kept again').toEqual([]);
});

test('a received number never stands beside the draft that says "not yet received"', async ({ page }) => {
  test.skip(!real, 'answers are held back between the page and the real desk');
  await open(page, 'demo');
  await signIn(page);
  await typeFiling(page);
  const sheet = page.getByTestId('receipt-sheet');
  await expect(sheet.locator('img')).toBeVisible();
  // One more key: the draft is drawn again, slowly; the stored receipt takes its time too.
  const slowDraft = await hold(page, 'receipt_preview');
  const stored = await hold(page, 'receipt_picture');
  const asked = page.waitForRequest('**/cmd/receipt_preview');
  await page.getByTestId('field-content').fill('Đăng ký thường trú theo con');
  await asked;
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('received-code')).toBeVisible();
  await expect(sheet.locator('img')).toHaveCount(0);
  await expect(sheet).toHaveAttribute('aria-busy', 'true');
  await expect(sheet, 'the white sheet stays: nothing flashes').toHaveCSS('opacity', '1');
  const late = page.waitForResponse('**/cmd/receipt_preview');
  const next = page.waitForRequest('**/cmd/receipt_picture');
  slowDraft();
  await (await late).finished();
  await next;
  await expect(sheet.locator('img'), 'a picture that comes late is not shown').toHaveCount(0);
  stored();
  await expect(sheet.locator('img')).toBeVisible();
  await expect(sheet).not.toHaveAttribute('aria-busy', 'true');
});

for (const { language, wrong, fine } of [
  { language: 'vi', wrong: 'Lỗi: Một Cửa', fine: 'Một Cửa' },
  { language: 'en', wrong: 'Error: Onedoor', fine: 'Onedoor' },
] as const) {
  test(`the window's title says that something is wrong until it is mended, in ${language}`, async ({
    page,
  }) => {
    await open(page, 'demo', { language });
    await signIn(page);
    await typeFiling(page);
    const number = page.getByTestId('field-applicant.id_number');
    await page.locator('[data-section=person] button[aria-expanded=false]').press('Enter');
    await number.fill('06615');
    await expect(page, 'nobody has tried to receive yet').toHaveTitle(fine);
    await page.keyboard.press('Control+Enter');
    await expect(number).toBeFocused();
    await expect(page).toHaveTitle(wrong);
    await page.keyboard.press('Alt+3');
    await expect(page, 'another page has nothing wrong').toHaveTitle(fine);
    await page.keyboard.press('Alt+1');
    await expect(page).toHaveTitle(wrong);
    await number.fill('066150001234');
    await expect(page).toHaveTitle(fine);
  });
}

test('Sync shows no lines and no bytes for a filing that is sent: nothing of it waits', async ({ page }) => {
  test.skip(!real, "the real desk's answer is altered on its way");
  await page.route('**/cmd/sync_items', async (route) => {
    const answer = await route.fetch();
    const items = (await answer.json()) as SyncItem[];
    const sent = items.slice(0, 2).map((item) => ({ ...item, state: 'at_centre', lines: 0, bytes: '0' }));
    const waiting = items.slice(2, 4).map((item) => ({ ...item, state: 'waiting', lines: 3, bytes: '4096' }));
    await route.fulfill({ json: [...sent, ...waiting] });
  });
  await open(page, 'demo');
  await signIn(page);
  await page.keyboard.press('Alt+6');
  const rows = page.getByTestId('sync-items').locator('tbody tr[aria-rowindex]');
  await expect(rows).toHaveCount(4);
  for (const nth of [0, 1]) {
    await expect(rows.nth(nth).locator('td').nth(2)).toHaveText('');
    await expect(rows.nth(nth).locator('td').nth(3)).toHaveText('');
  }
  await expect(rows.nth(2).locator('td').nth(2)).toHaveText('3');
  await expect(rows.nth(2).locator('td').nth(3)).toHaveText(/^4,1 kB$/);
});

test('sign-in names the office and its counter as soon as the desk knows them, and nothing before', async ({
  page,
}) => {
  test.skip(!real, "the real desk's answer is altered on its way");
  let office: AppState['office'] = null;
  await open(page, 'demo');
  await page.route('**/cmd/app_state', async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ json: { ...((await answer.json()) as AppState), office } });
  });
  await page.reload();
  await expect(page.locator('[data-testid^=staff-]').first()).toBeVisible();
  await expect(page.locator('.gate')).not.toContainText(/Krông Năng|undefined|null/);
  office = {
    name: 'Trung tâm Phục vụ hành chính công xã Krông Năng',
    parent: 'UBND xã Krông Năng',
    place: 'Krông Năng',
    counter: 'Quầy 7',
    workstation: 'KN-Q7',
    mission: null,
  };
  await page.reload();
  await expect(page.locator('[data-testid^=staff-]').first()).toBeVisible();
  await expect(page.locator('.gate')).toContainText(
    'Trung tâm Phục vụ hành chính công xã Krông Năng · Quầy 7',
  );
});
