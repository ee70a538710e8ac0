import { expect, test, type Page } from '@playwright/test';
import type { TillPage } from '../src/lib/host/api.gen';
import { Clerk } from './clerk';
import { ask, cutOff, open, real, signIn, violations } from './world';

// The till is lines of the real desk.
test.skip(!real, 'needs the real desk behind the page');

const till = (page: Page) => page.getByTestId('till');
const field = (page: Page, name: string) => page.locator(`[data-field="${name}"]`).first();

/** The notes that make a sum, typed with the keyboard from the field that has the cursor. */
async function count(clerk: Clerk, sum: number): Promise<void> {
  let rest = sum;
  for (const note of [500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000]) {
    await clerk.arrives(`till.${note}`);
    const many = Math.floor(rest / note);
    rest -= many * note;
    if (many > 0) await clerk.type(`${many}`);
    await clerk.press('Enter');
  }
  expect(rest, 'the demo takes no coins').toBe(0);
}

async function expected(page: Page): Promise<number> {
  const { open: till } = await ask<TillPage>(page, 'till_get', {});
  return Number(till?.expected.minor);
}

test('the till goes from hand to hand and to the accountant with the keyboard only', async ({ page }) => {
  const clerk = new Clerk(page);
  await clerk.watch();
  await open(page, 'demo');
  await signIn(page);
  await clerk.press('Alt+7');
  await expect(till(page)).toContainText('Tiền đầu ca');
  await expect(page.getByTestId('day-money')).toContainText('khoản thu hôm nay');

  // One note of a thousand lacks: it is told while it is counted, and asks for its reason.
  await page.getByTestId('till-hand_over').press('Enter');
  const must = await expected(page);
  await count(clerk, must - 1_000);
  await expect(page.getByTestId('till-sums')).toContainText('Chênh lệch -1.000 đ');
  await clerk.arrives('till.reason');
  await clerk.press('Control+Enter');
  await expect(till(page)).toContainText('Cần ghi lý do');
  await field(page, 'till.reason').focus();
  await clerk.type('Trả nhầm một tờ');
  await clerk.press('Control+Enter');
  await expect(page.getByTestId('said')).toContainText('Đã bàn giao quỹ');
  await expect(till(page)).toContainText('giữ quỹ');
  const counts = page.getByTestId('till-counts');
  await expect(counts).toContainText('Chênh lệch -1.000 đ. Trả nhầm một tờ');

  await page.getByTestId('till-hand_in').press('Enter');
  await count(clerk, must);
  await expect(page.getByTestId('till-sums')).toContainText('Khớp');
  await clerk.arrives('till.accountant');
  await clerk.type('Đinh Thị Xuyến');
  await clerk.press('Enter');
  await expect(page.getByTestId('till-do')).toBeFocused();
  await clerk.press('Enter');
  await expect(till(page)).toContainText('Chưa mở quỹ');
  await expect(counts).toContainText('nộp cho Đinh Thị Xuyến');
  await page.getByTestId('till-print').first().press('Enter');
  await expect(counts).toContainText('Chưa chọn máy in');

  // A new one begins with its float.
  await field(page, 'till.500000').focus();
  await count(clerk, 100_000);
  await clerk.press('Control+Enter');
  await expect(till(page)).toContainText('Tiền đầu ca');
  expect(await expected(page)).toBe(100_000);
  await clerk.handsOnKeyboard();
});

for (const [language, theme, zoom] of [
  ['vi', 'light', 100],
  ['en', 'dark', 200],
] as const)
  test(`nothing of the till is cut off or unreadable: ${language}, ${theme}, ${zoom} %`, async ({ page }) => {
    await open(page, 'demo', { language, theme, zoom });
    await signIn(page);
    await page.keyboard.press('Alt+7');
    await page.getByTestId('till-hand_in').press('Enter');
    await expect(page.getByTestId('till-sums')).not.toBeEmpty();
    expect(await cutOff(page)).toEqual([]);
    expect(await violations(page)).toEqual([]);
  });
