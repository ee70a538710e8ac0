import { expect, test, type Page } from '@playwright/test';
import { Clerk } from './clerk';
import { cutOff, open, real, signIn, violations } from './world';

test.skip(!real, 'a slip of a filing is drawn and kept by the real desk');

const opened = (page: Page) => page.getByTestId('opened-filing');
const timeLine = (page: Page) => opened(page).locator('section').last();

async function begin(page: Page, who = 0): Promise<Clerk> {
  const clerk = new Clerk(page);
  await clerk.watch();
  await open(page, 'demo');
  await signIn(page, who);
  await clerk.openNewest();
  return clerk;
}

test('a supplement is asked for and comes, and the receipt is drawn anew, with the keyboard only', async ({
  page,
}) => {
  const clerk = await begin(page);
  await page.getByTestId('act-ask_supplement').focus();
  await clerk.press('Enter');
  const items = page.locator('[name="slip-items"]');
  await expect(items).toBeFocused();
  // Nothing to ask for and no reason: the slip says what it lacks, and nothing is done.
  await clerk.press('Control+Enter');
  await expect(page.getByTestId('slip-act')).toContainText('Ghi lý do, vì phiếu này phải nói vì sao');
  await items.focus();
  await clerk.type('Tờ khai: ghi đủ nơi cư trú');
  await expect(page.locator('[data-testid=slip-act] [data-testid=receipt-sheet] img')).toBeVisible();
  await clerk.press('Control+Enter');
  await expect(opened(page)).toContainText('Chờ bổ sung');
  await expect(page.getByTestId('filing-slips')).toContainText('Tờ khai: ghi đủ nơi cư trú');
  await expect(timeLine(page)).toContainText('Phiếu yêu cầu bổ sung số');
  await expect(page.getByTestId('act-supplement'), 'the next act has the cursor').toBeFocused();
  await clerk.press('Enter');
  await clerk.type('Tờ khai đã ghi đủ');
  await clerk.press('Enter');
  await expect(opened(page)).toContainText('Đã tiếp nhận');
  await expect(timeLine(page)).toContainText('Đủ giấy tờ: hẹn trả');
  await expect(page.getByTestId('act-ask_supplement')).toBeHidden();
  await clerk.handsOnKeyboard();
});

test('Esc leaves a slip unwritten, and a refusal is approved by the head beside the clerk', async ({
  page,
}) => {
  const clerk = await begin(page, 1);
  await page.getByTestId('act-refuse').focus();
  await clerk.press('Enter');
  await expect(page.locator('[name="slip-reason"]')).toBeFocused();
  await clerk.press('Escape');
  await expect(page.getByTestId('slip-act')).toBeHidden();
  await expect(page.getByTestId('act-refuse')).toBeFocused();
  await clerk.press('Enter');
  await clerk.type('Không thuộc thẩm quyền');
  await expect(page.getByTestId('slip-act')).toContainText('Lãnh đạo duyệt');
  await page.locator('[name="slip-head-password"]').focus();
  await clerk.type('wrong');
  await clerk.press('Control+Enter');
  await expect(page.getByTestId('slip-act').getByRole('alert')).toBeVisible();
  await expect(page.locator('[name="slip-reason"]'), 'what was typed stays').toHaveValue(
    'Không thuộc thẩm quyền',
  );
  await expect(page.locator('[name="slip-head-password"]')).toBeFocused();
  // In the sample office a name is enough.
  await clerk.press('Control+Enter');
  await expect(opened(page)).toContainText('Từ chối');
  await expect(timeLine(page)).toContainText(/Không thuộc thẩm quyền\. .+ duyệt/);
  await clerk.handsOnKeyboard();
});

test('a later day is proposed, checked, and set once', async ({ page }) => {
  const clerk = await begin(page);
  await page.getByTestId('act-extend').focus();
  await clerk.press('Enter');
  const day = page.locator('[name="slip-day"]');
  await expect(day).toBeFocused();
  await expect(day).toHaveValue(/^\d{2}\/\d{2}\/\d{4}$/);
  const proposed = await day.inputValue();
  await day.fill('01/01/2020');
  await page.locator('[name="slip-reason"]').focus();
  await clerk.type('Phải xác minh');
  await clerk.press('Control+Enter');
  await expect(page.getByTestId('slip-act').getByRole('alert')).toContainText('Ngày hẹn mới phải sau ngày');
  await day.fill(proposed);
  await clerk.press('Control+Enter');
  await expect(page.getByTestId('slip-act')).toBeHidden();
  await expect(timeLine(page)).toContainText(`Hẹn lại: trả ${proposed}`);
  await expect(page.getByTestId('act-extend')).toBeHidden();
});

const looks = [
  { theme: 'light', language: 'vi', zoom: 100 },
  { theme: 'dark', language: 'en', zoom: 200 },
  { theme: 'contrast', language: 'vi', zoom: 100 },
] as const;

for (const look of looks) {
  test(`the slip being written is whole and plain at ${look.theme} ${look.language} ${look.zoom} %`, async ({
    page,
  }) => {
    const clerk = new Clerk(page);
    await open(page, 'demo', look);
    await signIn(page);
    await clerk.openNewest();
    await page.getByTestId('act-extend').press('Enter');
    await expect(page.locator('[data-testid=slip-act] [data-testid=receipt-sheet] img')).toBeVisible();
    expect(await cutOff(page)).toEqual([]);
    expect(await violations(page)).toEqual([]);
    await page.screenshot({ path: `test-results/slip-${look.theme}-${look.language}-${look.zoom}.png` });
  });
}
