import { describe, expect, it } from 'vitest';
import type { DueView, PaperValue } from '../host/api.gen';
import { speak } from '../i18n/index.svelte';
import { differingBands } from './changes';
import { clockAt, tidyTime } from './clock';
import { dueSentence, offRuns } from './due';
import { afterAct, inCases, lacking, usual } from './papers';
import { size } from './size';
import { ago, day, dayTime, weekday } from './time';
import { tidyDate, tidyDayTime, tidyDigits, tidyLine } from './typed';

describe('what is typed', () => {
  it('becomes a date of the form dd/MM/yyyy however its parts were separated', () => {
    expect(['5/3/1988', '05031988', '5 3 1988', '5-3-1988'].map(tidyDate)).toEqual(
      Array(4).fill('05/03/1988'),
    );
  });

  it('stays a month or a year when no more is known, and stays as typed when it is no date', () => {
    expect(['3/1950', '1950', 'năm 1950'].map(tidyDate)).toEqual(['03/1950', '1950', 'năm 1950']);
  });

  it('loses the spaces of a number as it stands on the card, but not a wrong letter, which must be seen', () => {
    expect(tidyDigits('066 150 001 234')).toBe('066150001234');
    expect(tidyDigits('0905.111.222')).toBe('0905111222');
    expect(tidyDigits('06615O001234')).toBe('06615O001234');
  });

  it('keeps every letter of a name and writes each in one way', () => {
    expect(tidyLine('  Nguyễn  Thị Ừng '.normalize('NFD'))).toBe('Nguyễn Thị Ừng');
    expect(tidyLine("H'Hen Niê")).toBe("H'Hen Niê");
  });

  it('is a time of the day in the ways clerks write it', () => {
    expect(['731', '7:31', '7h31', '07.31'].map(tidyTime)).toEqual(Array(4).fill('07:31'));
  });

  it('is no moment when the day or the hour does not exist', () => {
    expect(clockAt('31/02/2026', '07:31')).toBeNull();
    expect(clockAt('23/11/2026', '25:00')).toBeNull();
    expect(clockAt('23/11/2026', '7:31')).toBe('2026-11-23T07:31:00');
  });
});

describe('times and sizes', () => {
  it('read as a Vietnamese office writes them', () => {
    expect(day('2026-11-23')).toBe('23/11/2026');
    expect(dayTime('2026-11-23T07:05:09')).toBe('23/11/2026 07:05');
    expect(weekday('vi', '2026-11-23')).toBe('thứ Hai');
    expect(weekday('en', '2026-11-22')).toBe('Sunday');
  });

  it('say how long ago in minutes and hours, and the day when it is longer', () => {
    const now = '2026-11-23T10:42:00';
    expect(ago('vi', '2026-11-23T10:42:00', now)).toBe('vừa xong');
    expect(ago('vi', '2026-11-23T10:43:00', now)).toBe('vừa xong');
    expect(ago('vi', '2026-11-23T10:30:00', now)).toBe('12 phút trước');
    expect(ago('vi', '2026-11-23T07:42:00', now)).toBe('3 giờ trước');
    expect(ago('vi', '2026-11-20T16:51:00', now)).toBe('20/11 16:51');
  });

  it('never call a time that lies ahead "just now": the clock may have been set back', () => {
    expect(ago('vi', '2026-11-23T12:00:00', '2026-11-23T10:00:00')).toBe('23/11 12:00');
  });

  it('show bytes with the separators of the language', () => {
    expect([size('vi', '372420'), size('en', '372420'), size('vi', '12')]).toEqual([
      '372,4 kB',
      '372.4 kB',
      '12 B',
    ]);
  });
});

const due = (change: Partial<DueView>): DueView => ({
  at: '2026-12-03T17:00:00',
  received: '2026-11-23T10:42:00',
  term: { kind: 'working_days', n: 7 },
  cells: [],
  starts_next_working_day: false,
  moved_from: null,
  published: true,
  calendar: 1,
  ...change,
});
const off = (date: string, name: string | null = null) => ({
  date,
  kind: 'off' as const,
  nth: null,
  off: name ? { vi: name, en: null } : null,
  whose: null,
  make_up: false,
  after_cutoff: false,
});

describe('the sentence of the due date', () => {
  it('names each day that does not count, and why', () => {
    const cells = [
      off('2026-11-24', 'Ngày Văn hóa Việt Nam'),
      { ...off('2026-11-25'), kind: 'counted' as const },
      off('2026-11-28'),
      off('2026-11-29'),
    ];
    const text = dueSentence(due({ cells }));
    expect(text).toContain('7 ngày làm việc');
    expect(text).toContain('24/11 Ngày Văn hóa Việt Nam; 28–29/11 cuối tuần');
  });

  it('does not join days off that have a working day between them', () => {
    const cells = [off('2026-11-28'), { ...off('2026-11-30'), kind: 'counted' as const }, off('2026-12-05')];
    expect(offRuns(cells)).toHaveLength(2);
  });

  it('says that a calendar is not published yet, since the promise may move', () => {
    expect(dueSentence(due({ published: false }))).toContain('chưa công bố');
  });

  it('does not blame the 15:00 cut for a paper that came on a Sunday morning', () => {
    const sunday = due({ term: { kind: 'same_day', n: 0 }, starts_next_working_day: true });
    expect(dueSentence(sunday)).toContain('ngày nghỉ');
    expect(dueSentence(sunday)).not.toContain('15:00');
  });

  it('explains why a same-day paper came after 15:00 is given back the next working day, also in English', () => {
    const late = due({
      term: { kind: 'same_day', n: 0 },
      starts_next_working_day: true,
      cells: [{ ...off('2026-11-23'), kind: 'received' as const, after_cutoff: true }],
    });
    expect(dueSentence(late)).toContain('15:00');
    speak('en');
    expect(dueSentence(late)).toContain('after 15:00');
    speak('vi');
  });
});

describe('a row of the checklist', () => {
  const document = {
    id: 'form',
    name: { vi: 'Tờ khai', en: null },
    originals: 1,
    copies: 0,
    choice: false,
    shown_only: false,
    when: null,
    case: null,
    doubts: [],
  };
  const value = { document: 'form', state: null, copies: 0, reason: '' };

  it('takes the usual state with Space and gives it back with Space again', () => {
    const once = afterAct(value, document, 'usual');
    expect(once).toMatchObject({ state: 'original', copies: 1 });
    expect(afterAct(once, document, 'usual').state).toBeNull();
  });

  it('expects the copy where the applicant may choose', () => {
    const choice = { ...document, copies: 1, choice: true };
    expect(usual(choice)).toEqual({ state: 'copy', copies: 1 });
    expect(afterAct(value, choice, 'original')).toMatchObject({ state: 'original', copies: 1 });
  });

  it('counts no copies of a paper that is only shown or could not be looked up', () => {
    expect(usual({ ...document, shown_only: true })).toEqual({ state: 'shown', copies: 0 });
    expect(afterAct({ ...value, copies: 3 }, document, 'not_reachable').copies).toBe(0);
  });

  it('never counts below nothing', () => {
    expect(afterAct(value, document, 'fewer').copies).toBe(0);
  });
});

describe('what a slip would name', () => {
  const paper = (id: string, more: object) => ({
    id,
    name: { vi: id, en: null },
    originals: 1,
    copies: 0,
    choice: false,
    shown_only: false,
    when: null,
    case: null,
    doubts: [],
    ...more,
  });
  const when = { vi: 'nếu có', en: null };
  const documents = [
    paper('form', {}),
    paper('authority', { case: 'authorised' }),
    paper('notarised', { when, case: 'authorised' }),
    paper('lease', { when }),
  ];

  it('is every paper that must be here, and whatever was noted as missing', () => {
    const ids = (papers: PaperValue[]) => lacking(documents, papers).map((one) => one.id);
    expect(ids([])).toEqual(['form', 'authority']);
    const missing = { document: 'lease', state: 'missing' as const, copies: 0, reason: '' };
    expect(ids([missing])).toEqual(['form', 'authority', 'lease']);
    expect(lacking(documents, [missing], 'refusal').map((one) => one.id)).toEqual(['lease']);
  });

  it('asks for the papers of a case only where it holds', () => {
    expect(inCases(documents, []).map((one) => one.id)).toEqual(['form', 'lease']);
    expect(inCases(documents, ['authorised'])).toHaveLength(4);
  });
});

describe('the time that stands on a printed sheet', () => {
  it('takes the day of the sheet where only the time is typed', () => {
    expect(tidyDayTime('0930', '23/11/2026')).toBe('23/11/2026 09:30');
    expect(tidyDayTime('9h05', '23/11/2026')).toBe('23/11/2026 09:05');
  });

  it('keeps a day that is typed, and whatever is no time', () => {
    expect(tidyDayTime('20/11/2026 14:10', '23/11/2026')).toBe('20/11/2026 14:10');
    expect(tidyDayTime('chiều qua', '23/11/2026')).toBe('chiều qua');
  });
});

describe('the changed lines of the preview', () => {
  it('are the rows that differ, as bands', () => {
    const before = new Uint8Array(2 * 4 * 4).fill(255);
    const after = before.slice();
    after[2 * 4 * 1] = 0;
    after[2 * 4 * 2] = 0;
    expect(differingBands(before, after, 2, 4)).toEqual([{ top: 25, height: 50 }]);
    expect(differingBands(before, before, 2, 4)).toEqual([]);
  });
});
