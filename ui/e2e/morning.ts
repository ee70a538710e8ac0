import type { Page } from '@playwright/test';
import type { PersonValues, ProcedureHits } from '../src/lib/host/api.gen';
import { ask } from './world';

/** How the citizen is found or typed in. */
export type Who =
  | 'known by letters'
  | 'known by number'
  | 'known by telephone'
  | 'card of a known person'
  | 'card of a new person'
  | 'card before the procedure'
  | 'typed in'
  | 'organisation, new'
  | 'organisation, known'
  | 'on behalf of another'
  | 'foreigner by passport';

/** What else this filing has. */
export type Also = 'a paper to look up later' | 'a supplement slip' | 'a sheet of the power cut';

export type What = 'residence' | 'extract' | 'copies' | 'signature' | 'single status' | 'birth' | 'household';

export interface Visit {
  who: Who;
  what: What;
  /** What is typed to choose the procedure: its nickname, its code or some of its words. */
  typed: string;
  also?: Also;
}

/** The procedures of the morning: how each can be asked for, and what its title says. */
export const procedures: Record<What, { typed: string[]; title: string }> = {
  residence: { typed: ['ct07', '1.010041', 'cu tru'], title: 'Xác nhận thông tin về cư trú' },
  extract: { typed: ['tl', '2.000635', 'trich luc'], title: 'Cấp bản sao Trích lục hộ tịch' },
  copies: { typed: ['sy', '2.000815', 'ban chinh'], title: 'Chứng thực bản sao từ bản chính' },
  signature: { typed: ['ck', '2.000884', 'chu ky'], title: 'Chứng thực chữ ký' },
  'single status': { typed: ['tthn', '1.004873', 'hon nhan'], title: 'tình trạng hôn nhân' },
  birth: { typed: ['ks', '1.001193', 'khai sinh'], title: 'Thủ tục đăng ký khai sinh' },
  household: { typed: ['1.010038', 'tach ho'], title: 'Tách hộ' },
};

/** Numbers from 0 to 1, the same every morning (mulberry32). */
export function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const share: Record<Who, number> = {
  'known by letters': 8,
  'known by number': 4,
  'known by telephone': 4,
  'card of a known person': 4,
  'card of a new person': 6,
  'card before the procedure': 2,
  'typed in': 4,
  'organisation, new': 2,
  'organisation, known': 2,
  'on behalf of another': 2,
  'foreigner by passport': 2,
};

const drawn = <T>(list: readonly T[], roll: () => number): T => list[Math.floor(roll() * list.length)]!;

/** Forty visits in the order in which they come. */
export function morning(roll: () => number): Visit[] {
  const whos = Object.entries(share).flatMap(([who, n]) => Array<Who>(n).fill(who as Who));
  const whats = Object.keys(procedures) as What[];
  const visits = whos.map((who, index): Visit => {
    // Everybody can come for anything; that each procedure is asked for does not hang on the dice.
    const what = index < whats.length ? whats[index]! : drawn(whats, roll);
    return { who, what, typed: drawn(procedures[what].typed, roll) };
  });
  for (let at = visits.length - 1; at > 0; at -= 1) {
    const other = Math.floor(roll() * (at + 1));
    [visits[at], visits[other]] = [visits[other]!, visits[at]!];
  }
  // An organisation is known once it has been here.
  const [first, known] = ['organisation, new', 'organisation, known'].map((who) =>
    visits.findIndex((visit) => visit.who === who),
  ) as [number, number];
  if (known < first) [visits[first], visits[known]] = [visits[known]!, visits[first]!];
  const also: Also[] = ['a paper to look up later', 'a supplement slip', 'a sheet of the power cut'];
  const plain = visits.filter((visit) => visit.who !== 'card before the procedure');
  [...also, ...also].forEach((extra, index) => (plain[4 + index * 5]!.also = extra));
  return visits;
}

const fold = (text: string) =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/gi, 'd').replace(/[’']/g, '').toLowerCase();

export interface Known {
  person: PersonValues;
  /** The fewest letters of the name, given name first, that bring the person among the first three. */
  letters: string;
}

/** As many letters of what a clerk would type as bring the procedure to the top of the list. */
export async function fewest(page: Page, visit: Visit): Promise<string> {
  const code = procedures[visit.what].typed.find((typed) => /^\d/.test(typed));
  for (let length = 2; length < visit.typed.length; length += 1) {
    const query = visit.typed.slice(0, length);
    const { hits } = await ask<ProcedureHits>(page, 'procedure_find', { query, all: false });
    if (hits[0]?.code === code) return query;
  }
  return visit.typed;
}

/** People of the office's register, each with the letters that find them. */
export async function known(page: Page, count: number, roll: () => number): Promise<Known[]> {
  const found: Known[] = [];
  const names = [
    'hoa',
    'trang',
    'linh',
    'anh',
    'son',
    'tuan',
    'hanh',
    'minh',
    'dung',
    'hung',
    'lan',
    'nga',
    'phuc',
  ];
  for (const name of names) {
    const people = await ask<PersonValues[]>(page, 'person_find', { query: name });
    const whole = people.filter(
      (one) => /^\d\d\/\d\d\/\d{4}$/.test(one.birth) && one.id_number && one.phone && one.address,
    );
    for (const person of whole.slice(0, 3)) {
      const words = fold(person.name).split(' ');
      const text = [words.at(-1), ...words.slice(0, -1)].join(' ');
      for (let length = 2; length <= text.length; length += 1) {
        const list = await ask<PersonValues[]>(page, 'person_find', { query: text.slice(0, length) });
        const at = list.findIndex((one) => one.person === person.person);
        if (at < 0 || at > 2) continue;
        if (found.every((one) => one.person.person !== person.person))
          found.push({ person, letters: text.slice(0, length) });
        break;
      }
    }
  }
  for (let at = found.length - 1; at > 0; at -= 1) {
    const other = Math.floor(roll() * (at + 1));
    [found[at], found[other]] = [found[other]!, found[at]!];
  }
  return found.slice(0, count);
}

const families = ['Nguyễn', 'Trần', 'Lê', 'Hoàng', 'Lò', 'Vàng', 'Siu', 'Rơ Châm'];
const given = ['Thị Ừng', 'Văn Ổn', 'Thị Ngọc Ước', 'Minh Quyết', 'A Páo', 'H’Yên', 'Thị Ểnh', 'Quốc Ngữ'];

export interface Newcomer {
  name: string;
  birth: string;
  sex: 'Nam' | 'Nữ';
  number: string;
  address: string;
}

/** Somebody who has never been here; the number agrees with birth and sex, as on a card. */
export function newcomer(roll: () => number): Newcomer {
  const pad = (n: number, width: number) => String(n).padStart(width, '0');
  const year = 1950 + Math.floor(roll() * 50);
  const sex = roll() < 0.5 ? 'Nam' : 'Nữ';
  const [day, month] = [1 + Math.floor(roll() * 28), 1 + Math.floor(roll() * 12)];
  const number = `066${sex === 'Nam' ? 0 : 1}${pad(year % 100, 2)}${pad(Math.floor(roll() * 900_000), 6)}`;
  return {
    name: `${drawn(families, roll)} ${drawn(given, roll)}`,
    birth: `${pad(day, 2)}${pad(month, 2)}${year}`,
    sex,
    number,
    // Half of the cards are from before the communes of today.
    address: roll() < 0.5 ? 'Buôn Tring, Ea Tul, Cư M’gar, Đắk Lắk' : 'Buôn Tring, xã Ea Tul, tỉnh Đắk Lắk',
  };
}

/** The line of an identity card's code. */
export function card(one: Newcomer): string {
  return [one.number, '', one.name, one.birth, one.sex, one.address, '12082021'].join('|');
}

/** The same of somebody whom the register knows. */
export function cardOf({ person }: Known): string {
  const sex = person.sex === 'female' ? 'Nữ' : 'Nam';
  const birth = person.birth.replaceAll('/', '');
  return [person.id_number, '', person.name, birth, sex, person.address, '12082021'].join('|');
}

/** A passport's two lines, with their check digits (ICAO 9303). */
export function passport(roll: () => number): string[] {
  const digit = (text: string) => {
    const value = (sign: string) => (sign === '<' ? 0 : parseInt(sign, 36));
    return [...text].reduce((sum, sign, at) => sum + value(sign) * [7, 3, 1][at % 3]!, 0) % 10;
  };
  const number = `C${String(Math.floor(roll() * 1e8)).padStart(8, '0')}`;
  const name = `P<D<<${drawn(['WEBER', 'KELLER', 'BRANDT'], roll)}<<${drawn(['ANNA', 'JONAS', 'MIRA'], roll)}`;
  const rest = `${number}${digit(number)}D<<820812${digit('820812')}F301231${digit('301231')}${'<'.repeat(14)}0`;
  const all = digit(rest.slice(0, 10) + rest.slice(13, 20) + rest.slice(21, 43));
  return [name.padEnd(44, '<'), `${rest}${all}`];
}

/** A tax code of ten digits with its check digit. */
export function taxCode(roll: () => number): string {
  const weights = [31, 29, 23, 19, 17, 13, 7, 5, 3];
  for (;;) {
    const first = `60${String(Math.floor(roll() * 1e7)).padStart(7, '0')}`;
    const check = 10 - ([...first].reduce((sum, sign, at) => sum + Number(sign) * weights[at]!, 0) % 11);
    if (check >= 0 && check <= 9) return `${first}${check}`;
  }
}
