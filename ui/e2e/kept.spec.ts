import { expect, test, type Page } from '@playwright/test';
import type { FilingRow, FilingView, KeptPapers, PapersWent, SyncState } from '../src/lib/host/api.gen';
import { ask, cutOff, open, real, signIn, violations } from './world';

test.skip(!real, 'papers lie at a real centre');

/** Answers that the page asks for while it is closed are nobody's. */
test.afterEach(async ({ page }) => {
  await page.request.post('/test/disk/free');
  await page.unrouteAll({ behavior: 'ignoreErrors' });
});

/** Tab, stop after stop, until the part with this mark has the cursor. */
async function tabTo(page: Page, mark: string): Promise<void> {
  for (let presses = 0; presses < 40; presses += 1) {
    if (await page.evaluate((mark) => document.activeElement?.closest(mark) !== null, mark)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not lead to ${mark}`);
}

/** The Sync page of the demo office, once everything is at the centre. */
async function onSync(page: Page, look: Parameters<typeof open>[2] = {}): Promise<void> {
  await open(page, 'demo', look);
  await signIn(page);
  await page.keyboard.press('Alt+6');
  await ask<SyncState>(page, 'sync_now', {});
  const waits = async () => (await ask<SyncState>(page, 'sync_state', {})).papers_here;
  await expect.poll(waits).toBe(0);
}

/** Keeps papers for so many days, by the keyboard. */
async function keepFor(page: Page, days: string): Promise<void> {
  await tabTo(page, '[data-testid=kept-days]');
  await page.keyboard.press('Control+A');
  await page.keyboard.type(days);
  await page.keyboard.press('Tab');
}

const kept = (page: Page) => ask<KeptPapers>(page, 'kept_papers', {});

/** Opens a filing by its number. */
async function openFiling(page: Page, code: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await expect(page.getByTestId('field-find')).toBeFocused();
  await page.keyboard.type(code);
  await expect(page.getByRole('option').first()).toContainText(code);
  await page.keyboard.press('Enter');
}

/** A filing whose receipt has left. */
async function gone(page: Page): Promise<FilingView> {
  const rows = await ask<FilingRow[]>(page, 'filing_list', { filter: 'all', query: '', limit: 200 });
  const over = rows.filter((one) => one.status === 'handed_over');
  for (const row of over.toReversed()) {
    const view = await ask<FilingView>(page, 'filing_get', { id: row.id });
    if (view.receipt_let_go) return view;
  }
  throw new Error('no receipt has left');
}

test('papers that the province has leave this PC by one key, it can be stopped, and one comes back as it was', async ({
  page,
}) => {
  await onSync(page);
  await expect(page.getByTestId('kept-may')).toContainText('không có tệp nào');
  await expect(page.getByTestId('kept-act')).toHaveCount(0);
  await keepFor(page, '9999');
  await expect(page.getByTestId('kept')).toContainText('Nhập số ngày từ 0 đến 3650');
  await keepFor(page, '3');
  await expect(page.getByTestId('kept-may')).toContainText(/Dọn được ngay: [\d.]+ tệp · [\d,]+ MB/);
  expect(await violations(page)).toEqual([]);
  expect(await cutOff(page)).toEqual([]);
  const before = await kept(page);

  // The second part waits until "stop" was pressed.
  let parts = 0;
  let goOn = () => {};
  const stopped = new Promise<void>((resolve) => (goOn = resolve));
  await page.route('**/cmd/kept_papers_go', async (route) => {
    parts += 1;
    if (parts === 2) await stopped;
    await route.continue();
  });
  await tabTo(page, '[data-testid=kept-act]');
  await page.keyboard.press('Enter');
  const bar = page.getByTestId('kept').getByRole('progressbar');
  await expect(bar).toHaveAttribute('aria-valuenow', '100');
  await expect(bar).toHaveAttribute('aria-valuemax', String(before.may));
  expect(await violations(page)).toEqual([]);
  await page.getByTestId('kept-stop').press('Enter');
  goOn();
  await expect(page.getByTestId('kept-done')).toContainText('Đã dọn 200 tệp');
  await expect(page.getByTestId('kept-gone')).toContainText('200 tệp');
  expect((await kept(page)).may).toBe(before.may - 200);
  expect(await violations(page)).toEqual([]);
  expect(await cutOff(page)).toEqual([]);

  await page.getByTestId('kept-act').press('Enter');
  await expect(page.getByTestId('kept-may')).toContainText('không có tệp nào');
  expect((await kept(page)).gone).toBe(before.may);

  const { row } = await gone(page);
  await openFiling(page, row.code);
  const filing = page.getByTestId('opened-filing');
  await expect(filing).toContainText('nằm trên hệ thống tỉnh');
  await expect(filing.getByTestId('receipt-print')).toHaveCount(0);
  expect(await violations(page)).toEqual([]);
  expect(await cutOff(page)).toEqual([]);
  await page.getByTestId('receipt-bring').press('Enter');
  await expect(filing.getByTestId('receipt-print')).toBeVisible();
  await expect(page.getByTestId('receipt-sheet').locator('img')).toBeVisible();
});

test('without a contact the paper is asked for and says when it comes, in English, dark, at 200 %', async ({
  page,
}) => {
  await onSync(page, { language: 'en', theme: 'dark', zoom: 200 });
  await ask(page, 'kept_papers_days', { days: 3 });
  while ((await ask<PapersWent>(page, 'kept_papers_go', {})).files > 0);
  const { row } = await gone(page);
  await page.keyboard.press('Alt+1');
  await page.keyboard.press('Alt+6');
  await expect(page.getByTestId('kept-gone')).toContainText(/[\d,]+ files/);
  await page.getByTestId('kept').scrollIntoViewIfNeeded();
  expect(await violations(page)).toEqual([]);
  expect(await cutOff(page)).toEqual([]);
  await page.route('**/cmd/sync_state', async (route) => {
    const state = (await (await route.fetch()).json()) as SyncState;
    await route.fulfill({ json: { ...state, link: 'offline' } });
  });
  await page.request.post('/test/centre/down');
  await page.reload();
  await expect(page.getByTestId('procedure')).toBeFocused();
  await openFiling(page, row.code);
  await page.getByTestId('receipt-bring').press('Enter');
  const filing = page.getByTestId('opened-filing');
  await expect(filing).toContainText('the receipt comes with the next contact');
  expect(await violations(page)).toEqual([]);
  expect(await cutOff(page)).toEqual([]);
  await page.request.post('/test/centre/up');
});

test('a full disk offers what may go, and says so where even that can not be written', async ({ page }) => {
  await onSync(page);
  await ask(page, 'kept_papers_days', { days: 3 });
  const { may } = await kept(page);
  await page.keyboard.press('Alt+1');
  await expect(page.getByTestId('procedure')).toBeFocused();
  await page.request.post('/test/disk/full');
  await page.keyboard.type('thuong tru');
  await expect(page.getByRole('option').first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('disk-may-go')).toContainText(`${may.toLocaleString('de')} tệp`);
  await page.getByTestId('disk-let-go').press('Enter');
  await expect(page.getByTestId('disk-let-go-failed')).toContainText('giải phóng vài MB');
  expect(await violations(page)).toEqual([]);
  expect(await cutOff(page)).toEqual([]);
  expect((await kept(page)).gone, 'nothing went').toBe(0);
  await page.request.post('/test/disk/free');
  await expect(page.getByTestId('disk')).toHaveCount(0);
  await page.keyboard.press('Alt+6');
  await page.getByTestId('kept-act').press('Enter');
  await expect(page.getByTestId('kept-done')).toContainText(`${may.toLocaleString('de')} tệp`);
});
