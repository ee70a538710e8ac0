import { expect, test, type Page } from '@playwright/test';
import { Clerk } from './clerk';
import {
  card,
  cardOf,
  dice,
  fewest,
  known,
  morning,
  newcomer,
  passport,
  procedures,
  taxCode,
  type Known,
  type Visit,
  type Who,
} from './morning';
import { open, real, signIn } from './world';

/** Most keys that a filing may take: the measure of the page. */
const most = { known: 40, card: 25 };

/** What a clerk fills in for each procedure behind the papers; quick ways are allowed, the mouse is not. */
const own: Record<Visit['what'], (clerk: Clerk) => Promise<void>> = {
  residence: async (clerk) => {
    await clerk.enterTo('fields.content');
    await clerk.type('nơi cư trú');
  },
  extract: async (clerk) => {
    await clerk.enterTo('fields.kind');
    await clerk.press(' ');
    await clerk.enterTo('copies');
    await clerk.type('2');
  },
  copies: async (clerk) => {
    await clerk.enterTo('fields.document');
    await clerk.type('CCCD');
    await clerk.enterTo('copies');
    await clerk.type('3');
    await clerk.press('Enter');
    await clerk.type('2');
  },
  signature: async (clerk) => {
    await clerk.enterTo('fields.document');
    await clerk.type('Tờ khai');
  },
  'single status': async (clerk) => {
    await clerk.enterTo('fields.status');
    await clerk.press(' ');
  },
  birth: async (clerk) => {
    await clerk.enterTo('fields.child_name');
    await clerk.type('Nguyễn Gia Hân');
    await clerk.press('Enter');
    await clerk.press(' ');
    await clerk.enterTo('fields.child_birth');
    await clerk.type('20112026');
  },
  household: async (clerk) => {
    await clerk.enterTo('fields.members');
    await clerk.type('3');
  },
};

/** The morning's state: who comes next, and what stays for later. */
interface Counter {
  roll: () => number;
  people: Known[];
  organisations: string[];
  sheets: string[];
}

const person: Record<Who, (clerk: Clerk, counter: Counter) => Promise<void>> = {
  'known by letters': async (clerk, { people }) => {
    const { person, letters } = people.pop()!;
    await clerk.type(letters);
    const lines = clerk.offered();
    await expect(lines.filter({ hasText: person.id_number })).toBeVisible();
    const at = (await lines.allInnerTexts()).findIndex((line) => line.includes(person.id_number));
    for (let down = 0; down <= at; down += 1) await clerk.press('ArrowDown');
    await clerk.press('Enter');
  },
  'known by number': async (clerk, { people }) => {
    await clerk.number(people.pop()!.person.id_number);
    await clerk.press('Enter');
  },
  'known by telephone': async (clerk, { people }) => {
    await clerk.number(people.pop()!.person.phone);
    await clerk.press('Enter');
  },
  'card of a known person': async (clerk, { people }) => await clerk.scan(cardOf(people.pop()!)),
  'card of a new person': async (clerk, { roll }) => await scanNew(clerk, roll),
  // It was read before the procedure was chosen.
  'card before the procedure': async () => {},
  'typed in': async (clerk, { roll }) => {
    const one = newcomer(roll);
    await clerk.type(one.name);
    await clerk.press('Enter');
    await clerk.type(one.birth);
    await clerk.press('Enter');
    if (one.sex === 'Nữ') await clerk.press('ArrowRight');
    else await clerk.press(' ');
    await clerk.press('Enter');
    await clerk.number(one.number);
    await clerk.press('Enter');
    await clerk.type('Buôn Tring, xã Ea Tul, tỉnh Đắk Lắk');
    await clerk.enterTo('applicant.email');
    await clerk.press('Enter');
  },
  'organisation, new': async (clerk, { roll, organisations }) => {
    const code = taxCode(roll);
    organisations.push(code);
    await clerk.number(code);
    await clerk.press('Enter');
    await expect(clerk.page.getByTestId('field-applicant.identity.tax_code')).toHaveValue(code);
    await clerk.arrives('applicant.name');
    await clerk.type('HTX Ea Tul');
    await clerk.enterTo('applicant.address');
    await clerk.type('Thôn 4, xã Ea Tul, tỉnh Đắk Lắk');
    await clerk.enterTo('behalf.submitter.name');
    await represented(clerk, roll);
  },
  'organisation, known': async (clerk, { roll, organisations }) => {
    await clerk.number(organisations.at(-1)!);
    await clerk.press('Enter');
    await clerk.arrives('behalf.submitter.name');
    await represented(clerk, roll);
  },
  'on behalf of another': async (clerk, counter) => {
    await person['known by letters'](clerk, counter);
    await clerk.arrives('cases', 'papers.d1');
    await clerk.press('Alt+n');
    await clerk.arrives('behalf.submitter.name');
    await represented(clerk, counter.roll);
  },
  'foreigner by passport': async (clerk, { roll }) => {
    await clerk.scan(...passport(roll));
    await expect(clerk.page.getByTestId('field-applicant.identity.passport')).toHaveValue(/^C\d/);
    await clerk.arrives('applicant.name');
    await clerk.enterTo('applicant.address');
    await clerk.type('Thôn 2, xã Ea Tul, tỉnh Đắk Lắk');
    await clerk.enterTo('applicant.email');
    await clerk.press('Enter');
  },
};

/** A card that nobody has seen; where its address is an old one, today's is taken with one key. */
async function scanNew(clerk: Clerk, roll: () => number, part = 'applicant'): Promise<void> {
  const one = newcomer(roll);
  await clerk.scan(card(one));
  await expect(clerk.page.getByTestId('said')).toContainText(one.name);
  if (!one.address.includes('Cư M’gar')) return;
  await expect(clerk.page.getByTestId(`${part}.address-old`)).toBeVisible();
  await clerk.press('Enter');
  await expect(clerk.page.getByTestId(`${part}.address-old`)).toHaveCount(0);
}

/** Who stands there for the applicant: a card, and the paper that says they may. */
async function represented(clerk: Clerk, roll: () => number): Promise<void> {
  await scanNew(clerk, roll, 'behalf.submitter');
  await clerk.enterTo('behalf.authority');
  await clerk.type('Giấy ủy quyền');
  await clerk.press('Enter');
}

async function serve(clerk: Clerk, visit: Visit, counter: Counter): Promise<string> {
  const { page } = clerk;
  clerk.begin();
  if (visit.also === 'a sheet of the power cut')
    await command(clerk, 'mat dien', 'Nhập phiếu đã cấp lúc mất điện');
  if (visit.who === 'card before the procedure') {
    await clerk.scan(card({ ...newcomer(counter.roll), address: 'Buôn Tring, xã Ea Tul, tỉnh Đắk Lắk' }));
    await expect(page.getByTestId('kept-person')).toBeVisible();
  }
  await clerk.choose(await fewest(page, visit), procedures[visit.what].title);
  if (visit.also === 'a sheet of the power cut') {
    await clerk.arrives('pad');
    await clerk.type(counter.sheets.pop()!);
    await expect(clerk.offered()).toHaveCount(1);
    await clerk.press('Enter');
    await clerk.press('Enter');
    await clerk.type('0000');
    await clerk.enterTo('applicant.name');
  } else if (visit.who !== 'card before the procedure') await clerk.arrives('applicant.name');
  await person[visit.who](clerk, counter);
  await clerk.arrives('cases', 'papers.d1');
  if ((await clerk.at()) === 'cases') {
    // Of the cases some hold: the first of every third filing.
    if (counter.roll() < 0.34) await clerk.press('1');
    await clerk.press('Enter');
    await clerk.arrives('papers.d1');
  }
  if (visit.also === 'a supplement slip') {
    await clerk.press('Alt+b');
    await expect(page.getByTestId('slip')).toBeVisible();
    await clerk.press('Control+Enter');
    await expect(page.getByTestId('slip-done')).toContainText(/\d/);
    await clerk.press('Escape');
    await clerk.arrives('papers.d1');
  }
  if (visit.also === 'a paper to look up later') {
    await clerk.press('6');
    await clerk.press('Enter');
    await clerk.type('Mất mạng');
    await clerk.press('Enter');
  }
  await clerk.papers();
  await own[visit.what](clerk);
  return await clerk.receive();
}

/** Does something by its words, from wherever the cursor is. */
async function command(clerk: Clerk, typed: string, title: string): Promise<void> {
  await clerk.press('Control+k');
  await expect(clerk.page.getByTestId('field-find')).toBeFocused();
  await clerk.type(typed);
  await expect(clerk.offered().first()).toContainText(title);
  await clerk.press('Enter');
}

const count = async (page: Page, testid: string) =>
  Number((await page.getByTestId(testid).innerText()).replaceAll('.', '').match(/\d+/)?.[0]);

test('a morning of forty mixed filings without a mouse, in few keys', async ({ page }) => {
  test.skip(!real, 'its numbers and its register are the real desk’s');
  test.setTimeout(400_000);
  const clerk = new Clerk(page);
  await clerk.watch();
  await open(page, 'demo');
  await page.request.post('/test/centre/down');
  await signIn(page);
  const roll = dice(20261123);
  const counter: Counter = { roll, people: await known(page, 24, roll), organisations: [], sheets: [] };
  const visits = morning(roll);
  const here = await count(page, 'status-here');
  const today = await count(page, 'next-in-line');

  // Before work: two sheets for the power cut that will come.
  await command(clerk, 'in san', 'Phiếu in sẵn');
  await expect(page.locator('[name=pad-count]')).toBeFocused();
  await clerk.type('2');
  await clerk.press('Control+Enter');
  await expect(page.getByTestId('pads-list').locator('tbody tr')).toHaveCount(2);
  counter.sheets = await page.getByTestId('pads-list').locator('tbody tr td:first-child').allInnerTexts();
  await clerk.press('Escape');
  await expect(page.getByTestId('procedure')).toBeFocused();

  const done: { visit: Visit; keys: number; code: string }[] = [];
  for (const [index, visit] of visits.entries()) {
    await test.step(`${index + 1}: ${visit.who}, ${visit.what}, ${visit.also ?? 'plain'}`, async () => {
      const code = await serve(clerk, visit, counter);
      done.push({ visit, keys: clerk.keys, code });
    });
  }
  await clerk.handsOnKeyboard();
  process.stdout.write(`\n${table(done)}\n`);

  expect(new Set(done.map((one) => one.code)).size, 'each filing has its own number').toBe(40);
  const plain = done.filter(({ visit }) => !visit.also);
  const over = (kind: RegExp, limit: number) =>
    plain.filter(({ visit, keys }) => kind.test(visit.who) && visit.what !== 'birth' && keys > limit);
  expect(over(/^known by/, most.known)).toEqual([]);
  expect(over(/^card/, most.card)).toEqual([]);

  expect(await count(page, 'next-in-line'), 'the list of today has forty more').toBe(today + 40);
  expect(await count(page, 'status-here'), 'without the centre all of them are on this machine').toBe(
    here + 40,
  );
  await clerk.press('Alt+3');
  for (const { code } of [done[0]!, done[39]!]) {
    await page.getByTestId('filings-find').fill(code);
    await expect(page.getByTestId('filings').locator('tbody tr')).toHaveCount(1);
    await expect(page.getByTestId('filings').locator('tbody tr')).toContainText('trên máy này');
  }
  await page.request.post('/test/centre/up');
  await clerk.press('Alt+6');
  await expect(page.getByTestId('sync-here')).toBeVisible();
  await clerk.press('Control+Enter');
  await expect(page.getByTestId('sync-here')).toHaveText('0', { timeout: 120_000 });
  await clerk.press('Alt+3');
  await expect(page.getByTestId('filings').locator('tbody tr').first()).toContainText('trên hệ thống tỉnh');
  await clerk.handsOnKeyboard();
});

test('a hand on the mouse ends the morning', async ({ page }) => {
  const clerk = new Clerk(page);
  await clerk.watch();
  await open(page, 'demo');
  await signIn(page);
  await clerk.handsOnKeyboard();
  await page.getByTestId('procedure').click();
  await expect(clerk.handsOnKeyboard()).rejects.toThrow(/keyboard/);
});

/** Kinds of filings × median and most keys. */
function table(done: { visit: Visit; keys: number }[]): string {
  const kinds = new Map<string, number[]>();
  for (const { visit, keys } of done) {
    const kind = visit.also ? `with ${visit.also}` : visit.who;
    kinds.set(kind, [...(kinds.get(kind) ?? []), keys]);
  }
  const rows = [...kinds].map(([kind, keys]) => {
    const sorted = keys.toSorted((one, other) => one - other);
    const cells = [sorted.length, sorted[Math.floor((sorted.length - 1) / 2)]!, sorted.at(-1)!];
    return kind.padEnd(32) + cells.map((cell) => String(cell).padStart(8)).join('');
  });
  const head = `${'kind'.padEnd(32)}${['filings', 'median', 'max'].map((cell) => cell.padStart(8)).join('')}`;
  return [head, ...rows.toSorted()].join('\n');
}
