import { expect, test, type Page } from '@playwright/test';
import type { AppState, DraftView, FilingRow, NumbersView, Received } from '../src/lib/host/api.gen';
import { ask, cutOff, open, real, signIn, typeFiling, violations } from './world';

test.skip(!real, 'numbers are given, and messages told, by a real centre');

/** Tab, stop after stop, until the part with this mark has the cursor. */
async function tabTo(page: Page, mark: string): Promise<void> {
  for (let presses = 0; presses < 30; presses += 1) {
    if (await page.evaluate((mark) => document.activeElement?.closest(mark) !== null, mark)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not lead to ${mark}`);
}

/** Two numbers that were given out and that nobody sent: a paper turns up that has the third. */
async function twoAreMissing(page: Page): Promise<string[]> {
  await typeFiling(page, 'Rơ Châm Ưng');
  await expect(page.getByTestId('draft-kept')).toContainText('Đã giữ');
  const { values } = await ask<DraftView>(page, 'draft_get', {});
  const first = await ask<Received>(page, 'filing_receive', { values, keep_person: false });
  const [, begin, last] = /^(.*-)(\d+)$/.exec(first.filing.code)!;
  const later = (n: number) => `${begin}${String(Number(last) + n).padStart(4, '0')}`;
  await ask<NumbersView>(page, 'number_found', { paper: later(3), form_number: 777 });
  const { now } = await ask<AppState>(page, 'app_state', {});
  const [, year, month, day, time] = /^(\d+)-(\d+)-(\d+)T(\d+:\d+)/.exec(now)!;
  const onPaper = { ...values, pad: later(3), received_on_paper: `${day}/${month}/${year} ${time}` };
  const found = await ask<Received>(page, 'filing_receive', { values: onPaper, keep_person: false });
  expect(found.filing.code).toBe(later(3));
  return [later(1), later(2)];
}

test('a supervisor explains missing numbers with the keyboard: one stands on a paper, one is voided with a reason', async ({
  page,
}) => {
  await open(page, 'demo');
  await signIn(page);
  const missing = await twoAreMissing(page);
  await page.keyboard.press('Alt+6');
  const listed = page.getByTestId('numbers-missing').getByRole('listitem');
  await expect(listed).toHaveText(missing);
  expect(await violations(page)).toEqual([]);
  expect(await cutOff(page)).toEqual([]);

  await tabTo(page, '[data-testid=numbers-missing]');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('numbers-code')).toHaveValue(missing[0]!);
  await tabTo(page, '[data-testid=numbers-form-number]');
  await page.keyboard.type('778');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('numbers-done')).toContainText('nhập');
  await expect(listed).toHaveText([missing[1]!]);
  const sheets = await ask<{ code: string; form_number: number; state: string }[]>(page, 'pad_list', {});
  expect(sheets.find((one) => one.code === missing[0])).toMatchObject({ form_number: 778, state: 'blank' });

  await tabTo(page, '[data-testid=numbers-code]');
  await page.keyboard.type(missing[1]!);
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowRight');
  await tabTo(page, '[data-testid=numbers-reason]');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('numbers')).toContainText('Cần ghi lý do');
  await page.keyboard.type('Phôi giấy bị rách');
  await page.keyboard.press('Enter');
  const voided = page.getByTestId('numbers-voided').getByRole('listitem');
  await expect(voided).toContainText([missing[1]!]);
  await expect(voided).toContainText(['Phôi giấy bị rách']);
  await expect(listed).toHaveCount(0);

  const state = await ask<AppState>(page, 'app_state', {});
  await ask(page, 'settings_save', { settings: { ...state.settings, language: 'en' } });
  await page.reload();
  await expect(page.getByTestId('status-here')).toBeVisible();
  await page.keyboard.press('Alt+6');
  await expect(voided, 'also after the window was opened anew').toContainText(['Phôi giấy bị rách']);
  expect(await violations(page)).toEqual([]);
  expect(await cutOff(page)).toEqual([]);
  const rows = await ask<FilingRow[]>(page, 'filing_list', {
    filter: 'all',
    query: missing[1]!,
    limit: 5,
  });
  expect(rows, 'nothing has the voided number').toEqual([]);
});

for (const language of ['vi', 'en'] as const) {
  test(`what the centre says stands above the page until it is read with the keyboard, in ${language}`, async ({
    page,
  }) => {
    await open(page, 'demo', { language });
    await signIn(page);
    const text = 'Từ 17 giờ hôm nay hệ thống tỉnh bảo trì.';
    expect((await page.request.post('/test/centre/say', { data: text })).ok()).toBe(true);
    await ask(page, 'sync_now', {});
    const news = page.getByTestId('news');
    await expect(news).toContainText(text);
    await expect(news).toContainText('Văn phòng UBND tỉnh');
    await expect(page.getByTestId('procedure'), 'the clerk goes on typing').toBeFocused();
    expect(await violations(page)).toEqual([]);
    expect(await cutOff(page)).toEqual([]);
    await page.keyboard.press('Alt+3');
    await expect(news, 'on whichever page').toBeVisible();
    await page.reload();
    await expect(news, 'also after the window was opened anew, while nobody read it').toContainText(text);
    await tabTo(page, '[data-testid=news-read]');
    await page.keyboard.press('Enter');
    await expect(news).toHaveCount(0);
    await page.reload();
    await expect(page.getByTestId('procedure')).toBeFocused();
    await page.keyboard.press('Alt+6');
    await expect(page.getByTestId('messages'), 'it is kept to be read again').toContainText(text);
    await expect(page.getByTestId('message-read'), 'and stays read').toHaveCount(0);
  });
}
