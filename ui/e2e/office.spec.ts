import { expect, test, type Page } from '@playwright/test';
import type { AppState, OfficeDocumentView } from '../src/lib/host/api.gen';
import { ask, cutOff, open, real, signIn, violations } from './world';

const looks = [
  { theme: 'light', language: 'vi', zoom: 100 },
  { theme: 'dark', language: 'en', zoom: 200 },
] as const;

/** A calendar of this year with one day off more. */
const calendarFile = {
  version: 9,
  last_published_year: 2026,
  weekly_rest: ['saturday', 'sunday'],
  hours: { morning: ['07:30', '11:30'], afternoon: ['13:30', '17:00'] },
  years: [
    {
      year: 2026,
      published: true,
      days_off: [
        { date: '2026-11-24', name_vi: 'Ngày Văn hóa Việt Nam', name_en: 'Culture Day' },
        { date: '2026-12-01', name_vi: 'Ngày hội của xã', name_en: 'Fair', whose: 'office' },
      ],
      makeup_days: [],
    },
  ],
};

async function office(page: Page): Promise<void> {
  await signIn(page);
  await page.keyboard.press('Alt+8');
  await expect(page.getByTestId('staff-add')).toBeVisible();
}

/** What the centre's operator tells the office, once the centre knows of whom. */
async function says(page: Page, what: string): Promise<void> {
  await expect(async () => {
    const said = await page.request.post(`/test/centre/${what}`);
    expect(said.status(), await said.text()).toBe(204);
  }).toPass();
}

for (const look of looks) {
  test(`the office page says what binds sign-in and makes a new recovery paper: ${look.theme}, ${look.zoom} %`, async ({
    page,
  }) => {
    await open(page, 'demo', look);
    await office(page);
    const bound = page.getByTestId('bound');
    await bound.scrollIntoViewIfNeeded();
    await expect(bound).toHaveText(look.language === 'vi' ? /^(Có|Không)\./ : /^(Yes|No)\./);

    await page.getByTestId('recovery-new').press('Enter');
    await expect(page.getByTestId('recovery-new-password')).toBeFocused();
    expect(await violations(page)).toEqual([]);
    expect(await cutOff(page)).toEqual([]);
    await page.keyboard.type('mot-cua-demo');
    await page.keyboard.press('Enter');

    const code = (await page.getByTestId('recovery-code-shown').textContent()) ?? '';
    expect(code.split('-').length, 'groups that can be read out').toBeGreaterThan(5);
    expect(await violations(page)).toEqual([]);
    expect(await cutOff(page)).toEqual([]);
    await page.getByTestId('recovery-typed').fill('0000');
    await page.getByTestId('recovery-done').click();
    await expect(page.getByTestId('recovery-code-shown'), 'it stays until it was read back').toBeVisible();
    await page.getByTestId('recovery-typed').fill(code.split('-').at(-1) ?? '');
    await page.getByTestId('recovery-done').click();
    await expect(bound).toBeVisible();
  });
}

test('a supervisor ticks a procedure with Space and gives it a short name: the picker finds it so', async ({
  page,
}) => {
  await open(page, 'demo');
  await office(page);
  await page.getByTestId('offers-all').click();
  await page.getByTestId('offers-find').fill('thường trú');
  const row = page
    .getByTestId('offers')
    .locator('tbody tr')
    .filter({ hasText: 'Đăng ký thường trú' })
    .first();
  await expect(row).toContainText('Có tiếp nhận');
  await row.focus();
  await page.keyboard.press(' ');
  await expect(row).not.toContainText('Có tiếp nhận');
  await page.keyboard.press(' ');
  await expect(row).toContainText('Có tiếp nhận');
  await page.keyboard.press('Enter');
  const name = page.getByTestId('field-offer-nickname');
  await name.fill('hokhau');
  await name.press('Enter');
  expect(await violations(page)).toEqual([]);
  expect(await cutOff(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(row).toContainText('hokhau');
  await page.keyboard.press('Alt+1');
  await page.getByTestId('procedure').fill('hokhau');
  await expect(page.getByRole('option').first()).toContainText('Đăng ký thường trú');
});

test('what the office does not receive is said as such, with how many there are elsewhere', async ({
  page,
}) => {
  test.skip(!real, 'the whole catalogue');
  await open(page, 'demo');
  await office(page);
  await page.getByTestId('offers-find').fill('hải quan');
  await expect(page.getByRole('main')).toContainText(/trong tất cả thủ tục có \d+/);
  await page.getByTestId('offers-all').click();
  await expect(page.getByTestId('offers').locator('tbody tr[aria-rowindex]').first()).toBeVisible();
});

test('the calendar names the days off of a year, and says of a coming year that it is not announced', async ({
  page,
}) => {
  await open(page, 'demo');
  await office(page);
  const calendar = page.getByTestId('calendar');
  await expect(calendar).toContainText('24/11');
  await expect(calendar).toContainText('Ngày Văn hóa Việt Nam');
  await expect(page.getByTestId('calendar-warning')).toHaveCount(0);
  await page.getByTestId('field-calendar-year-2027').focus();
  await page.keyboard.press(' ');
  await expect(page.getByTestId('calendar-warning')).toContainText('2027');
});

test('a file that is no list of communes is refused with its mistakes, and nothing changes', async ({
  page,
}) => {
  await open(page, 'demo');
  await office(page);
  await page.getByTestId('document-new-units').press('Enter');
  await page.getByTestId('document-file').setInputFiles({
    name: 'xa.json',
    mimeType: 'application/json',
    buffer: Buffer.from('khong phai danh sach'),
  });
  await expect(page.getByTestId('document-report')).toContainText('chỗ sai');
  await expect(page.getByTestId('document-report')).toContainText('Dòng 1');
  await page.getByTestId('document-set').press('Enter');
  await expect(page.getByTestId('document-report'), 'still looked at, not set').toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('documents-units').locator('li')).toHaveCount(1);
});

test('a supervisor imports a calendar from a day on, sees what it moves, and goes back to the one before', async ({
  page,
}) => {
  test.skip(!real, 'the real calendar');
  await open(page, 'demo');
  await office(page);
  await page.getByTestId('document-new-calendar').press('Enter');
  const text = page.getByTestId('field-document-text');
  await text.fill(JSON.stringify({ ...calendarFile, years: [] }).replace('saturday', 'satuday'));
  await text.blur();
  await expect(page.getByTestId('document-report')).toContainText('satuday');
  await text.fill(JSON.stringify(calendarFile, null, 1));
  await text.blur();
  const report = page.getByTestId('document-report');
  await expect(report).toContainText('Tệp đúng: 9');
  await expect(report).toContainText('01/12/2026 (Ngày hội của xã): làm việc → nghỉ lễ');
  expect(await violations(page)).toEqual([]);
  expect(await cutOff(page)).toEqual([]);
  await page.getByTestId('document-set').click();
  const list = page.getByTestId('documents-calendar').locator('li');
  await expect(list).toHaveCount(2);
  await expect(list.first()).toContainText('đang dùng');
  await expect(page.getByTestId('calendar')).toContainText('Bản 9');
  await expect(page.getByTestId('calendar')).toContainText('Ngày hội của xã');

  await page.getByTestId('document-again-calendar').click();
  await page.getByTestId('document-set').click();
  await expect(list).toHaveCount(3);
  await expect(list.first()).toContainText('Bản kèm theo phần mềm');
  await expect(page.getByTestId('calendar')).not.toContainText('Ngày hội của xã');
});

for (const look of looks) {
  test(`a catalogue of the centre is announced, then in force, and nobody here sets one: ${look.theme}, ${look.zoom} %`, async ({
    page,
  }) => {
    test.skip(!real, 'the real centre');
    await open(page, 'demo', look);
    await signIn(page);
    for (const day of ['2099-01-01', '2026-01-01']) await says(page, `catalogue/${day}`);
    await expect(async () => {
      await ask(page, 'sync_now', {});
      const documents = await ask<OfficeDocumentView[]>(page, 'office_documents', {});
      const here = documents.filter((one) => one.by_centre && !one.awaited);
      expect(here.length).toBe(2);
    }).toPass();
    await page.keyboard.press('Alt+8');
    const part = page.getByTestId('documents-catalogue');
    const vi = look.language === 'vi';
    const coming = part.locator('li').filter({ hasText: '01/01/2099' });
    await expect(coming).toContainText(vi ? 'chưa đến ngày' : 'not yet in force');
    const held = part.locator('li').filter({ hasText: '01/01/2026' });
    await expect(held).toContainText(vi ? 'đang dùng' : 'in force');
    await expect(held).toContainText(vi ? 'hệ thống tỉnh' : 'the provincial system');
    await expect(part.getByRole('button'), 'only the centre sets it').toHaveCount(0);
    expect(await violations(page)).toEqual([]);
    expect(await cutOff(page)).toEqual([]);
  });

  test(`who has left is signed out, offered no more, and listed with the day: ${look.theme}, ${look.zoom} %`, async ({
    page,
  }) => {
    test.skip(!real, 'the real centre');
    await open(page, 'demo', look);
    await signIn(page);
    const clerk = (await ask<AppState>(page, 'app_state', {})).session!.clerk;
    await says(page, `left/${clerk.id}`);
    await ask(page, 'sync_now', {});
    await expect(page.getByTestId('has-left')).toContainText(clerk.name);
    await expect(page.locator('[data-testid^=staff-]').first()).toBeFocused();
    await expect(page.getByTestId(`staff-${clerk.id}`)).toHaveCount(0);
    expect(await violations(page)).toEqual([]);
    expect(await cutOff(page)).toEqual([]);
    await signIn(page);
    await page.keyboard.press('Alt+8');
    const gone = page.getByTestId('staff-gone');
    await expect(gone).toContainText(clerk.name);
    await expect(gone).toContainText(
      look.language === 'vi' ? /nghỉ từ \d\d\/\d\d\/\d{4}/ : /left on \d\d\/\d\d\/\d{4}/,
    );
    expect(await violations(page)).toEqual([]);
    expect(await cutOff(page)).toEqual([]);
  });
}

test('a window in which nothing happens asks the desk nothing', async ({ page }) => {
  test.skip(!real, 'requests of the real window');
  await open(page, 'demo');
  await signIn(page);
  await expect(page.getByTestId('status-here')).toBeVisible();
  await page.waitForLoadState('networkidle');
  let asked = 0;
  page.on('request', () => (asked += 1));
  await page.evaluate(() => new Promise((done) => setTimeout(done, 1500)));
  expect(asked, 'a few hints of a sync may come in between').toBeLessThan(12);
});
