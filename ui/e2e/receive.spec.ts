import { expect, test, type Page } from '@playwright/test';
import { cutOff, open, real, signIn, violations } from './world';

// The whole catalogue, its fees and its papers are the real desk's: its fake has no numbers, slips or pads.
test.skip(!real, 'needs the real desk behind the page');

const field = (page: Page, name: string) => page.locator(`[data-field="${name}"]`).first();
const section = (page: Page, id: string) => page.locator(`[data-section=${id}]`);

/** Opens the demo office and chooses a procedure by what a clerk types. */
async function choose(page: Page, typed: string, look: Parameters<typeof open>[2] = {}): Promise<void> {
  await open(page, 'demo', look);
  await signIn(page);
  await pick(page, typed);
}

async function pick(page: Page, typed: string): Promise<void> {
  await page.keyboard.type(typed);
  const first = page.getByRole('option').first();
  await expect(first).toBeVisible();
  // What the office does not offer: the only line leads on to all procedures.
  if ((await first.innerText()).includes('Alt')) {
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('procedure-all')).toBeHidden();
    await expect(first).toContainText(typed);
  }
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('field-applicant.name')).toBeFocused();
}

async function typePerson(page: Page, name = 'Nguyễn Thị Ừng'): Promise<void> {
  await field(page, 'applicant.name').fill(name);
  await field(page, 'applicant.birth').fill('05/03/1990');
  await field(page, 'applicant.address').fill('Buôn Tring, xã Ea Tul, tỉnh Đắk Lắk');
}

test('all procedures are one key away, and F2 pins one that comes first from then on', async ({ page }) => {
  await open(page, 'demo');
  await signIn(page);
  await page.keyboard.type('giam ho');
  await expect(page.getByTestId('procedure-all')).toContainText(/Tìm trong tất cả thủ tục \(\d+\)/);
  const offered = await page.getByRole('option').count();
  await page.keyboard.press('Alt+ArrowDown');
  await expect(page.getByTestId('procedure-all')).toBeHidden();
  await expect.poll(() => page.getByRole('option').count()).toBeGreaterThan(offered - 1);
  await page.keyboard.press('F2');
  await expect(page.getByRole('option').first()).toContainText('Ghim');
  await expect(page.getByTestId('said')).toContainText('Đã ghim');
  await page.getByTestId('procedure').fill('');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('option').first()).toContainText('Ghim');
});

test('a case is chosen with its number, and brings its papers; none is an answer too', async ({ page }) => {
  await choose(page, 'ks');
  await typePerson(page);
  await field(page, 'cases').focus();
  const rows = page.locator('[data-paper-row]');
  const common = await rows.count();
  await expect(page.getByTestId('papers-case')).toContainText(/Còn \d+ giấy tờ/);
  await page.keyboard.press('3');
  await expect(rows).toHaveCount(common + 1);
  await page.keyboard.press('1');
  await expect(rows).toHaveCount(common + 2);
  await page.keyboard.press('3');
  await page.keyboard.press('1');
  await expect(rows).toHaveCount(common);
  await page.keyboard.press('Enter');
  await expect(rows.first()).toBeFocused();
  await expect(section(page, 'case')).toContainText('Không thuộc trường hợp riêng nào');
});

test('what is known already fills own fields, says so, and gives way to the clerk', async ({ page }) => {
  await choose(page, '1.004873');
  await page.keyboard.type('Siu Blơ');
  const subject = field(page, 'fields.subject.name');
  await expect(subject).toHaveValue('Siu Blơ');
  await expect(subject).toHaveAccessibleDescription(/Điền từ chủ hồ sơ/);
  await field(page, 'applicant.birth').fill('1992');
  await expect(field(page, 'fields.subject.birth')).toHaveValue('1992');
  await subject.fill('Siu H’Nga');
  await field(page, 'applicant.name').fill('Siu Blơ Y');
  await expect(subject).toHaveValue('Siu H’Nga');
  await expect(subject).not.toHaveAccessibleDescription(/Điền từ/);
});

test('a fee by pages and copies is summed line by line, in figures and words', async ({ page }) => {
  await choose(page, '2.000815');
  await field(page, 'copies').fill('3');
  await field(page, 'fee.pages').fill('4');
  const fee = section(page, 'fee');
  await expect(fee).toContainText('18.000 đ');
  await expect(fee).toContainText(/mười tám nghìn đồng/i);
  await expect(fee.locator('li')).toHaveCount(2);
  await field(page, 'fee.pages').fill('bốn');
  await field(page, 'fee.pages').blur();
  await expect(field(page, 'fee.pages')).toHaveAccessibleDescription(/chỉ gồm chữ số/);
});

test('what the sum still needs is said in words, and the fee is free once the report is in time', async ({
  page,
}) => {
  await choose(page, 'ks');
  const fee = section(page, 'fee');
  await expect(fee).toContainText('Nhập ngày xảy ra việc');
  await field(page, 'fields.child_birth').fill('20/11/2026');
  await expect(fee).toContainText('Miễn phí');
  await expect(fee).not.toContainText('Nhập ngày xảy ra việc');
});

test('a term that no rule could read is read by the clerk, never guessed', async ({ page }) => {
  await choose(page, '1.001381');
  await expect(page.getByTestId('procedure-review')).toContainText('Thời hạn');
  await typePerson(page);
  await page.keyboard.press('Control+Enter');
  await expect(field(page, 'term')).toBeFocused();
  await expect(field(page, 'term')).toHaveAccessibleDescription(/Chưa nhập/);
  await page.keyboard.type('15');
  await page.keyboard.press('Enter');
  await page.keyboard.press(' ');
  await expect(section(page, 'term')).not.toContainText('Chưa nhập');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('received-code')).toBeVisible();
  await page.keyboard.press('Alt+3');
  await page.locator('[data-testid=filings] tbody tr').first().press('Enter');
  await expect(page.getByTestId('filing-facts')).toContainText('do người tiếp nhận đọc');
});

test('a paper that could not be looked up asks for its reason in its own place', async ({ page }) => {
  await choose(page, '1.010041');
  await typePerson(page);
  const row = page.locator('[data-paper-row]').first();
  await row.focus();
  await page.keyboard.press('6');
  await page.keyboard.press('Enter');
  await expect(field(page, 'papers.d1.reason')).toBeFocused();
  await page.keyboard.press('Control+Enter');
  await expect(field(page, 'papers.d1.reason')).toBeFocused();
  await expect(field(page, 'papers.d1.reason')).toHaveAccessibleDescription(/Ghi lý do/);
});

test('Alt+B gives a supplement slip for what is missing, and the draft stays', async ({ page }) => {
  await choose(page, 'ks');
  await page.keyboard.press('Alt+b');
  await expect(page.getByTestId('slip')).toContainText('Nhập họ tên chủ hồ sơ trước');
  await page.keyboard.press('Escape');
  await typePerson(page);
  await expect(page.getByTestId('slips')).toContainText('2 giấy tờ chưa có');
  await page.keyboard.press('Alt+b');
  const slip = page.getByTestId('slip');
  await expect(slip.locator('li')).toHaveCount(2);
  await expect(slip.locator('img')).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('slip-done')).toContainText(/Đã lập phiếu số \d+/);
  await expect(page.getByTestId('slip-print')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(slip).toBeHidden();
  await expect(field(page, 'applicant.name')).toHaveValue('Nguyễn Thị Ừng');
});

test('Alt+T refuses with a reason only, and says beside the field that one is needed', async ({ page }) => {
  await choose(page, 'ks');
  await typePerson(page);
  await page.keyboard.press('Alt+t');
  const reason = page.locator('[name=slip-reason]');
  await expect(reason).toBeFocused();
  await page.keyboard.press('Control+Enter');
  await expect(reason).toHaveAccessibleDescription(/Ghi lý do/);
  await expect(reason).toBeFocused();
  await page.keyboard.type('Không thuộc thẩm quyền của xã.');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('slip-done')).toBeVisible();
});

test('the guidance sheet is one key away, from the list and from the page', async ({ page }) => {
  await open(page, 'demo');
  await signIn(page);
  await page.keyboard.type('ket hon');
  await expect(page.getByRole('option').first()).toBeVisible();
  await page.keyboard.press('Alt+g');
  await expect(page.getByTestId('guidance').locator('img')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('guidance')).toBeHidden();
  await expect(page.getByTestId('procedure')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('procedure-chosen')).toBeVisible();
  await page.keyboard.press('Alt+g');
  await expect(page.getByTestId('guidance').locator('img')).toBeVisible();
});

test('a sheet given out in a power cut is typed in under its own number and time', async ({ page }) => {
  await open(page, 'demo');
  await signIn(page);
  await page.getByTestId('pads-act').press('Enter');
  await expect(page.locator('[name=pad-count]')).toBeFocused();
  await page.keyboard.type('3');
  await page.keyboard.press('Control+Enter');
  const sheets = page.getByTestId('pads-list').locator('tbody tr');
  await expect(sheets).toHaveCount(3);
  // One is spoiled: it has to say why.
  await sheets.nth(2).press('Enter');
  await expect(page.locator('[name=pad-reason]')).toBeFocused();
  await page.getByTestId('pad-void').press('Enter');
  await expect(page.locator('[name=pad-reason]')).toHaveAccessibleDescription(/Ghi lý do/);
  await page.keyboard.type('Viết hỏng');
  await page.getByTestId('pad-void').press('Enter');
  await expect(page.getByTestId('pads-list')).toContainText('Đã hủy');
  const code = (await sheets.first().innerText()).match(/H[\d.]+-\d{6}-\d+/)?.[0] ?? '';
  const number = (await sheets.first().innerText()).match(/\d+/)?.[0] ?? '';
  await page.keyboard.press('Escape');

  await page.getByTestId('pad-later').press('Enter');
  await expect(page.getByTestId('procedure')).toBeFocused();
  await page.keyboard.type('1.010041');
  await expect(page.getByRole('option').first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(field(page, 'pad')).toBeFocused();
  await page.keyboard.type(number);
  await expect(page.getByRole('option').first()).toContainText(code);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.keyboard.type('0000');
  await typePerson(page);
  await expect(section(page, 'pad')).toContainText(/nhận \d{2}\/\d{2}\/\d{4} 00:00/);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('received-code')).toHaveText(code);
  await page.keyboard.press('Alt+3');
  await page.locator('[data-testid=filings] tbody tr').filter({ hasText: code }).press('Enter');
  await expect(page.getByTestId('filing-facts')).toContainText('Nhập vào máy lúc');
});

test('a filing is typed into another program field by field, and found by its code there', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page, 'demo');
  await signIn(page);
  await page.keyboard.press('Alt+3');
  await page.locator('[data-testid=filings] tbody tr').first().press('Enter');
  const code = (await page.locator('[data-testid=opened-filing] h2').innerText()).trim();
  await page.getByTestId('rekey-open').press('Enter');
  const rows = page.getByTestId('rekey').locator('[data-row]');
  const value = (await rows.first().innerText()).split('\n')[1]?.trim();
  await rows.first().press('Enter');
  await expect(rows.nth(1)).toBeFocused();
  await expect(rows.first()).toHaveAttribute('aria-pressed', 'true');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(value);
  // Space ticks what needs no copying, and takes the tick back.
  await page.keyboard.press(' ');
  await expect(rows.nth(1)).toHaveAttribute('aria-pressed', 'true');
  await page.getByTestId('rekey-official').fill('không phải mã');
  await page.getByTestId('rekey-official').press('Enter');
  await expect(page.getByTestId('rekey')).toContainText('không phải một mã hồ sơ');
  await page.getByTestId('rekey-official').fill('000.00.15.H15-261120-0042');
  await page.getByTestId('rekey-official').press('Enter');
  await expect(page.getByTestId('filing-facts')).toContainText('000.00.15.H15-261120-0042');
  await page.getByTestId('filings-find').fill('000.00.15.H15-261120-0042');
  await expect(page.locator('[data-testid=filings] tbody tr')).toHaveCount(1);
  await expect(page.locator('[data-testid=filings] tbody tr')).toContainText(code);
});

const looks = [
  { theme: 'light', language: 'vi', zoom: 100 },
  { theme: 'dark', language: 'en', zoom: 100 },
  { theme: 'contrast', language: 'vi', zoom: 200 },
] as const;

for (const look of looks) {
  test(`the page with cases, own fields and fee is whole: ${look.theme} ${look.language} ${look.zoom} %`, async ({
    page,
  }) => {
    await choose(page, '1.001193', look);
    await typePerson(page, 'NGUYỄN THỊ ỪNG');
    expect(await cutOff(page)).toEqual([]);
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Alt+b');
    await expect(page.getByTestId('slip').locator('img')).toBeVisible();
    expect(await cutOff(page)).toEqual([]);
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('F4');
    await expect(page.getByTestId('procedure')).toBeFocused();
    await page.keyboard.type('1.001381');
    await page.keyboard.press('Alt+ArrowDown');
    await expect(page.getByTestId('procedure-all')).toBeHidden();
    await expect(page.getByRole('option').first()).toContainText('1.001381');
    expect(await cutOff(page)).toEqual([]);
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await expect(section(page, 'term')).toBeVisible();
    expect(await cutOff(page)).toEqual([]);
    expect(await violations(page)).toEqual([]);
  });
}

test('the list of printed sheets and the copying list are whole in both languages', async ({ page }) => {
  for (const look of [looks[0], looks[1]]) {
    await open(page, 'demo', look);
    await signIn(page);
    await page.getByTestId('pads-act').press('Enter');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByTestId('pads-list').locator('tbody tr')).toHaveCount(10, { timeout: 90_000 });
    await page.getByTestId('pads-list').locator('tbody tr').first().press('Enter');
    expect(await cutOff(page)).toEqual([]);
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Alt+3');
    await page.locator('[data-testid=filings] tbody tr').first().press('Enter');
    await page.getByTestId('rekey-open').press('Enter');
    expect(await cutOff(page)).toEqual([]);
    expect(await violations(page)).toEqual([]);
  }
});

test('the head of a list in a layer covers all that scrolls under it, at 200 % too', async ({ page }) => {
  await open(page, 'demo', { zoom: 200 });
  await signIn(page);
  await page.getByTestId('pads-act').press('Enter');
  await page.keyboard.press('Control+Enter');
  const rows = page.getByTestId('pads-list').locator('tbody tr');
  await expect(rows).toHaveCount(10, { timeout: 90_000 });
  await rows.nth(9).focus();
  const above = await page.getByTestId('pads-list').evaluate((table) => {
    const edge = table.closest('.body')!.getBoundingClientRect().top;
    return {
      scrolled: table.getBoundingClientRect().top < edge,
      room: table.querySelector('th')!.getBoundingClientRect().top - edge,
    };
  });
  expect(above.scrolled).toBe(true);
  expect(above.room, 'the height in which a row can be seen above the head').toBeLessThanOrEqual(0);
});
