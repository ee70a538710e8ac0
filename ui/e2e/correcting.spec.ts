import { expect, test } from '@playwright/test';
import { Clerk } from './clerk';
import { cutOff, open, real, signIn, violations } from './world';

test.skip(!real, 'a correction is a line of the real desk');

test('a wrong name is put right with the keyboard only, and what was being typed comes back', async ({
  page,
}) => {
  const clerk = new Clerk(page);
  await clerk.watch();
  await open(page, 'demo');
  await signIn(page);
  await clerk.choose('ket hon', 'kết hôn');
  await clerk.type('Thạch Sô Phi');
  await clerk.openNewest();
  const code = await page.getByTestId('opened-filing').locator('.code').innerText();
  await page.getByTestId('act-correct').focus();
  await clerk.press('Enter');
  await expect(page.getByTestId('correcting')).toContainText(code);
  await expect(page.locator('[name="correcting.reason"]'), 'why comes first').toBeFocused();
  await page.locator('[data-section=person] button[aria-expanded=false]').focus();
  await clerk.press('Enter');
  const name = page.getByTestId('field-applicant.name');
  const before = await name.inputValue();
  expect(before).not.toBe('');
  // Without a reason nothing is done, and the page says so.
  await name.focus();
  await clerk.press('End');
  await clerk.type(' Kdăm');
  await clerk.press('Control+Enter');
  await expect(page.getByTestId('receive-error')).toContainText('Cần ghi lý do');
  await expect(page.locator('[name="correcting.reason"]')).toBeFocused();
  await clerk.type('Ghi thiếu họ');
  await clerk.press('Control+Enter');
  const opened = page.getByTestId('opened-filing');
  await expect(opened).toContainText(`${before} Kdăm`);
  await expect(opened).toContainText(code);
  await expect(opened).toContainText('Sửa: Ghi thiếu họ');
  await expect(opened).toContainText(`Họ tên: ${before} → ${before} Kdăm`);
  await expect(page.getByTestId('superseded').getByRole('button')).toHaveCount(1);
  await expect(opened, 'the new paper was sent to the printer').toContainText('Chưa chọn máy in');
  await clerk.press('Alt+1');
  await expect(page.getByTestId('correcting')).toHaveCount(0);
  await expect(name, 'the citizen who waited').toHaveValue('Thạch Sô Phi');
  await clerk.handsOnKeyboard();
});

test('a correction survives a reload, and leaving it changes nothing', async ({ page }) => {
  const clerk = new Clerk(page);
  await open(page, 'demo');
  await signIn(page);
  await clerk.openNewest();
  await page.getByTestId('act-correct').press('Enter');
  const kept = page.waitForResponse('**/cmd/draft_save');
  await page.locator('[name="correcting.reason"]').fill('Sai địa chỉ');
  await kept;
  await page.reload();
  await expect(page.locator('[name="correcting.reason"]')).toHaveValue('Sai địa chỉ');
  await page.getByTestId('correcting-end').press('Enter');
  await expect(page.getByTestId('opened-filing')).toBeVisible();
  await expect(page.getByTestId('superseded')).toHaveCount(0);
  await clerk.press('Alt+1');
  await expect(page.getByTestId('procedure')).toBeFocused();
});

const looks = [
  { theme: 'light', language: 'vi', zoom: 100 },
  { theme: 'dark', language: 'en', zoom: 200 },
  { theme: 'contrast', language: 'vi', zoom: 100 },
] as const;

for (const look of looks) {
  test(`the page of a correction is whole at ${look.theme} ${look.language} ${look.zoom} %`, async ({
    page,
  }) => {
    const clerk = new Clerk(page);
    await open(page, 'demo', look);
    await signIn(page);
    await clerk.openNewest();
    await page.getByTestId('act-correct').press('Enter');
    await expect(page.getByTestId('correcting')).toBeVisible();
    expect(await cutOff(page)).toEqual([]);
    expect(await violations(page)).toEqual([]);
    await page.screenshot({
      path: `test-results/correcting-${look.theme}-${look.language}-${look.zoom}.png`,
    });
  });
}
