import type { DueCellView, DueView, TermView } from '../api.gen';

const day = 86_400_000;
const iso = (at: number) => new Date(at).toISOString().slice(0, 10);

function off(date: string): DueCellView['off'] | 'weekend' | null {
  if (date === '2026-11-24') return { vi: 'Ngày Văn hóa Việt Nam', en: 'Vietnam Culture Day' };
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return weekday === 0 || weekday === 6 ? 'weekend' : null;
}

/** The due date of the fake desk: enough of the law to look at the screen, not to work by. */
export function due(received: string, term: TermView): DueView {
  const start = Date.parse(`${received.slice(0, 10)}T00:00:00Z`);
  const late = received.slice(11, 16) > '15:00';
  const sameDay = term.kind === 'same_day';
  const need = sameDay ? (late ? 1 : 0) : term.n;
  const cells: DueCellView[] = [
    {
      date: iso(start),
      kind: need === 0 ? 'due' : 'received',
      nth: null,
      off: null,
      whose: null,
      make_up: false,
      after_cutoff: late && sameDay,
    },
  ];
  let counted = 0;
  for (let at = start + day; counted < need; at += day) {
    const date = iso(at);
    const why = off(date);
    if (why) {
      cells.push({
        date,
        kind: 'off',
        nth: null,
        off: why === 'weekend' ? null : why,
        whose: why === 'weekend' ? null : 'vietnam',
        make_up: false,
        after_cutoff: false,
      });
      continue;
    }
    counted += 1;
    cells.push({
      date,
      kind: counted === need ? 'due' : 'counted',
      nth: counted,
      off: null,
      whose: null,
      make_up: false,
      after_cutoff: false,
    });
  }
  const last = cells.at(-1)?.date ?? iso(start);
  return {
    at: `${last}T17:00:00`,
    received,
    term,
    cells,
    starts_next_working_day: late && sameDay,
    moved_from: null,
    published: last < '2027-01-01',
    calendar: 1,
  };
}
