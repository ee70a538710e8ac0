import { expect, test, type Page } from '@playwright/test';
import { Clerk } from './clerk';
import { ask, cutOff, open, real, signIn, violations } from './world';
import type { DeskCounts } from '../src/lib/host/api.gen';

// What came of a paper is a line of the journal: only the real desk keeps one.
test.skip(!real, 'needs the real desk behind the page');

const why = 'Cơ sở dữ liệu dân cư không trả lời';
const chip = (page: Page) => page.getByTestId('filter-look_up_later');
const waiting = (page: Page) => page.getByTestId('look-ups').locator('tbody tr');

/** Receives a filing whose first paper no database gave, with the keyboard only; the number on its receipt. */
async function receiveUnreached(clerk: Clerk, name = 'Nguyễn Thị Ừng'): Promise<string> {
  const { page } = clerk;
  await clerk.type('1.010041');
  await expect(clerk.offered().first()).toContainText('1.010041');
  await clerk.press('Enter');
  await clerk.arrives('applicant.name');
  await clerk.type(name);
  await clerk.enterTo('applicant.birth');
  await clerk.type('05031990');
  await clerk.enterTo('applicant.address');
  await clerk.type('Buôn Tring, xã Ea Tul, tỉnh Đắk Lắk');
  await clerk.enterTo('papers.d1');
  await clerk.press('6');
  await clerk.press('Enter');
  await expect(page.locator('[data-field="papers.d1.reason"]')).toBeFocused();
  await clerk.type(why);
  return await clerk.receive();
}

/** Tab after Tab, until what is named has the cursor. */
async function tabTo(clerk: Clerk, testid: string): Promise<void> {
  const target = clerk.page.getByTestId(testid);
  for (let presses = 0; presses < 30; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await clerk.press('Tab');
  }
  throw new Error(`Tab does not lead to ${testid}`);
}

/** From the quiet line of the receive page to the paper that waits. */
async function goToPaper(clerk: Clerk): Promise<void> {
  const { page } = clerk;
  await tabTo(clerk, 'look-ups-open');
  await clerk.press('Enter');
  await expect(waiting(page).first()).toBeVisible();
  await expect(page.getByTestId('filings-find')).toBeFocused();
  await clerk.press('ArrowDown');
  await expect(waiting(page).first()).toBeFocused();
  await clerk.press('Enter');
  await expect(page.getByTestId('look-found')).toBeFocused();
}

test('a paper that no database gave is found again from its list, with the keyboard only', async ({
  page,
}) => {
  const clerk = new Clerk(page);
  await clerk.watch();
  await open(page, 'demo');
  await signIn(page);
  const { look_ups: before } = await ask<DeskCounts>(page, 'desk_counts', {});
  expect(before, 'nothing waits, and the idle page does not speak of it').toBe(0);
  await expect(page.getByTestId('last-filings')).toBeVisible();
  await expect(page.getByTestId('look-ups-open')).toBeHidden();
  const code = await receiveUnreached(clerk);
  await expect(page.getByTestId('look-ups-open')).toContainText('Còn 1 giấy tờ cần tra lại');

  await goToPaper(clerk);
  await expect(chip(page)).toContainText('1');
  await expect(waiting(page)).toHaveCount(1);
  await expect(waiting(page)).toContainText(code);
  await expect(waiting(page)).toContainText(why);
  await clerk.press('Shift+Tab');
  await expect(page.getByTestId('look-up-note')).toBeFocused();
  // In the note a letter is a letter, also the two that are acts beside it.
  await clerk.type('fk 12/2026');
  await clerk.press('Enter');
  await expect(page.getByTestId('look-found')).toBeFocused();
  await clerk.press('f');

  const came = page.getByTestId('filing-papers');
  const timeLine = page.getByTestId('opened-filing').locator('section').last();
  await expect(page.getByTestId('looked-up')).toContainText(/Đã tra được.*\d{2}\/\d{2}\/\d{4}/);
  await expect(came).toContainText('fk 12/2026');
  await expect(timeLine).toContainText('Đã tra được:');
  await expect(page.getByTestId('said')).toContainText('Đã tra được:');
  await expect(chip(page)).toContainText('0');
  await expect(page.getByTestId('filings')).toBeHidden();
  await expect(page.locator('main')).toContainText('Không còn giấy tờ nào cần tra lại');

  // The wrong key: the other one takes it back, and the time line keeps both.
  await expect(page.getByTestId('look-undo')).toBeFocused();
  await clerk.press('k');
  await expect(page.getByTestId('looked-up')).toContainText('Tra không có');
  await expect(page.getByTestId('look-undo')).toBeFocused();
  await clerk.press('Enter');
  await expect(page.getByTestId('looked-up')).toContainText('Đã tra được');
  await expect(timeLine.getByText('Đã tra được:')).toHaveCount(2);
  await expect(timeLine.getByText('Tra không có, cần nộp:')).toHaveCount(1);
  await clerk.press('Escape');
  await expect(page.getByTestId('filings-find')).toBeFocused();

  await page.reload();
  await expect(page.getByTestId('last-filings')).toBeVisible();
  await expect(page.getByTestId('look-ups-open')).toBeHidden();
  await clerk.press('Alt+3');
  await expect(chip(page)).toContainText('0');
  const newest = page.getByTestId('filings').locator('tbody tr').first();
  await expect(newest).toContainText(code);
  await clerk.press('ArrowDown');
  await expect(newest).toBeFocused();
  await clerk.press('Enter');
  await expect(page.getByTestId('opened-filing').locator('h2')).toHaveText(code);
  await expect(page.getByTestId('looked-up')).toContainText('Đã tra được');
  await expect(timeLine.getByText('Đã tra được:')).toHaveCount(2);
  await clerk.handsOnKeyboard();
});

test('of two papers that wait, typing finds one, and after its act the cursor goes back to the other', async ({
  page,
}) => {
  const clerk = new Clerk(page);
  await open(page, 'demo');
  await signIn(page);
  await receiveUnreached(clerk, 'Siu Blơ');
  await receiveUnreached(clerk, 'Rcom H’Ưm');
  await expect(page.getByTestId('look-ups-open')).toContainText('Còn 2 giấy tờ cần tra lại');
  await tabTo(clerk, 'look-ups-open');
  await clerk.press('Enter');
  await expect(waiting(page)).toHaveCount(2);
  await clerk.type('siu blo');
  await expect(waiting(page)).toHaveCount(1);
  await expect(waiting(page)).toContainText('Siu Blơ');
  await page.getByTestId('filings-find').fill('');
  await expect(waiting(page)).toHaveCount(2);
  await clerk.press('ArrowDown');
  await clerk.press('Enter');
  await expect(page.getByTestId('look-found')).toBeFocused();
  await clerk.press('k');
  await expect(page.getByTestId('looked-up')).toContainText('Tra không có');
  await expect(waiting(page)).toHaveCount(1);
  await expect(chip(page)).toContainText('1');
  await clerk.press('Escape');
  await expect(waiting(page).first()).toBeFocused();
  await clerk.press('Enter');
  await expect(page.getByTestId('look-found')).toBeFocused();
  await clerk.press('F1');
  await expect(page.getByRole('dialog')).toContainText('Trên một giấy tờ cần tra lại');
});

const looks = [
  { theme: 'light', language: 'vi', zoom: 100 },
  { theme: 'dark', language: 'en', zoom: 100 },
  { theme: 'contrast', language: 'en', zoom: 200 },
  { theme: 'light', language: 'vi', zoom: 200 },
] as const;

for (const look of looks) {
  test(`papers to look up are whole: ${look.theme} ${look.language} ${look.zoom} %`, async ({ page }) => {
    const clerk = new Clerk(page);
    const whole = async () => {
      expect(await cutOff(page)).toEqual([]);
      expect(await violations(page)).toEqual([]);
    };
    await open(page, 'demo', look);
    await signIn(page);
    await receiveUnreached(clerk, 'NGUYỄN THỊ ỪNG');
    await expect(page.getByTestId('look-ups-open')).toBeVisible();
    await whole();
    await goToPaper(clerk);
    // The picture of the receipt comes later, and must not push the paper away.
    await expect(page.getByTestId('receipt-sheet').locator('img')).toBeAttached();
    await expect(page.getByTestId('look-found')).toBeInViewport({ ratio: 1 });
    await expect(page.getByTestId('look-up-note')).toBeInViewport({ ratio: 1 });
    await whole();
    await clerk.press('f');
    await expect(page.getByTestId('looked-up')).toBeVisible();
    await whole();
  });
}
