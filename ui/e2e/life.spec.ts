import { expect, test, type Page } from '@playwright/test';
import { Clerk } from './clerk';
import { cutOff, open, real, signIn, violations } from './world';

test.skip(!real, 'what happens to a filing is a line of the real desk');

const timeLine = (page: Page) => page.getByTestId('opened-filing').locator('section').last();
const moves = (page: Page) => page.getByTestId('moves');

test('a filing goes from the counter to the citizen’s hand with the keyboard only', async ({ page }) => {
  const clerk = new Clerk(page);
  await clerk.watch();
  await open(page, 'demo');
  await signIn(page);
  await clerk.openNewest();
  await page.getByTestId('act-transfer').focus();
  await clerk.press('Enter');
  await expect(page.getByTestId('opened-filing')).toContainText('Đã chuyển');
  await expect(page.getByTestId('act-take_up'), 'the next act has the cursor').toBeFocused();
  await clerk.press('Tab');
  await expect(page.getByTestId('act-arrive')).toBeFocused();
  await clerk.press('Enter');
  await expect(page.getByTestId('said')).toContainText('Chờ trả kết quả');
  await expect(page.getByTestId('act-hand_over')).toBeFocused();
  await clerk.press('Enter');
  await expect(moves(page).getByRole('radio').first()).toBeFocused();

  // Somebody else, by a paper: the desk asks for what is missing and keeps what was typed.
  await clerk.press('ArrowDown');
  await page.locator('[name="taker.name"]').focus();
  await clerk.type('H’Bluăk Kriêng');
  await clerk.press('Enter');
  await expect(moves(page)).toContainText('Cần ghi giấy tờ ủy quyền của người nhận');
  await expect(page.locator('[name="taker.name"]')).toHaveValue('H’Bluăk Kriêng');
  await page.locator('[name="taker.authority"]').focus();
  await clerk.type('Giấy ủy quyền 12/2026');
  await clerk.press('Enter');
  await expect(timeLine(page)).toContainText('Trả kết quả cho H’Bluăk Kriêng theo Giấy ủy quyền 12/2026');
  await expect(page.getByTestId('opened-filing')).toContainText('Đã trả kết quả');
  await clerk.handsOnKeyboard();
});

test('a withdrawal asks for its reason, and Esc leaves everything as it was', async ({ page }) => {
  const clerk = new Clerk(page);
  await open(page, 'demo');
  await signIn(page);
  await clerk.openNewest();
  await page.getByTestId('act-withdraw').focus();
  await clerk.press('Enter');
  await expect(page.locator('[name="act.reason"]')).toBeFocused();
  await clerk.press('Escape');
  await expect(page.locator('[name="act.reason"]')).toBeHidden();
  await expect(page.getByTestId('act-withdraw')).toBeFocused();
  await clerk.press('Enter');
  await clerk.press('Enter');
  await expect(moves(page)).toContainText('Cần ghi lý do');
  await clerk.type('Gia đình chưa thống nhất');
  await clerk.press('Enter');
  await expect(timeLine(page)).toContainText('Gia đình chưa thống nhất');
  await expect(page.getByTestId('opened-filing')).toContainText('Đã rút');
});

const looks = [
  { theme: 'light', language: 'vi', zoom: 100 },
  { theme: 'dark', language: 'en', zoom: 200 },
  { theme: 'contrast', language: 'vi', zoom: 100 },
] as const;

for (const look of looks) {
  test(`handing over is whole: ${look.theme} ${look.language} ${look.zoom} %`, async ({ page }) => {
    const clerk = new Clerk(page);
    await open(page, 'demo', look);
    await signIn(page);
    await clerk.openNewest();
    await page.getByTestId('act-arrive').focus();
    await clerk.press('Enter');
    await page.getByTestId('act-hand_over').focus();
    await clerk.press('Enter');
    await moves(page).getByRole('radio').last().check();
    await expect(page.locator('[name="taker.authority"]')).toBeVisible();
    expect(await cutOff(page)).toEqual([]);
    expect(await violations(page)).toEqual([]);
    await page.screenshot({ path: `test-results/hand-over-${look.theme}-${look.language}-${look.zoom}.png` });
  });
}

test('a filing with a provisional number gets its official one, and the receipt is printed next', async ({
  page,
}) => {
  const clerk = new Clerk(page);
  await clerk.watch();
  await open(page, 'demo');
  await signIn(page);
  await clerk.press('Alt+6');
  const item = page.getByTestId('attention').locator('.banner').filter({ hasText: 'số tạm' });
  await item.getByRole('button').focus();
  await clerk.press('Enter');
  const opened = page.getByTestId('opened-filing');
  await expect(page.getByTestId('numbering')).toContainText('số tạm');
  expect(await violations(page)).toEqual([]);
  expect(await cutOff(page)).toEqual([]);
  await page.getByTestId('number-give').focus();
  await clerk.press('Enter');
  await expect(page.getByTestId('receipt-print'), 'what comes next has the cursor').toBeFocused();
  await expect(page.getByTestId('numbering')).toHaveCount(0);
  await expect(timeLine(page)).toContainText('Gắn số chính thức');
  const said = /Đã gắn số (\S+-\d{6}-\d{4})\./;
  await expect(opened).toContainText(said);
  const official = said.exec((await opened.textContent()) ?? '')?.[1] ?? '';
  await expect(timeLine(page), 'the new paper is there').toContainText('Gắn số chính thức ' + official);
  await expect(opened.locator('[data-testid=receipt-sheet] img')).toBeVisible();
  expect(await violations(page)).toEqual([]);

  // By either number it is found.
  await clerk.press('Alt+3');
  await page.getByTestId('filings-find').fill(official);
  await expect(page.getByTestId('filings').locator('tbody tr')).toHaveCount(1);
  await expect(page.getByTestId('filings').locator('tbody tr').first()).toContainText('T-');
  await clerk.press('Alt+6');
  await expect(page.getByTestId('attention'), 'nothing is left to do').not.toContainText('số tạm');
  await clerk.handsOnKeyboard();
});
