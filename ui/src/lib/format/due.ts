import type { DueCellView, DueView } from '../host/api.gen';
import { both, coded, language, t } from '../i18n/index.svelte';
import { abroad } from '../state/abroad.svelte';
import { shortDay, weekday, weekdayNumber } from './time';

/** `thứ Ba 24/11` */
export function dayWords(date: string): string {
  return `${weekday(language(), date)} ${shortDay(date)}`;
}

/** Why a day is off: the holiday's name, or the weekend. */
export function offWhy(cell: DueCellView): string {
  if (!cell.off) return t('due-off-weekend');
  const name = both(cell.off);
  // At home every day off is Vietnam's: nobody needs to be told.
  if (!cell.whose || (cell.whose === 'vietnam' && !abroad())) return name;
  return coded('due-whose', cell.whose, { name });
}

interface Run {
  from: string;
  to: string;
  why: string;
}

/** Days off that follow one another for the same reason, as one. */
export function offRuns(cells: DueCellView[]): Run[] {
  const runs: Run[] = [];
  let open = false;
  for (const cell of cells) {
    if (cell.kind !== 'off') {
      open = false;
      continue;
    }
    const why = offWhy(cell);
    const last = runs.at(-1);
    if (open && last && last.why === why) last.to = cell.date;
    else runs.push({ from: cell.date, to: cell.date, why });
    open = true;
  }
  return runs;
}

const runDays = (run: Run) =>
  run.from === run.to
    ? shortDay(run.from)
    : `${shortDay(run.from).slice(0, run.from.slice(5, 7) === run.to.slice(5, 7) ? 2 : 5)}–${shortDay(run.to)}`;

/** Received after 15:00, as its own cell says; a day off starts the next working day without any cut. */
const afterCut = (due: DueView) => due.cells[0]?.after_cutoff ?? false;

function rule(due: DueView): string {
  const n = due.term.n;
  switch (due.term.kind) {
    case 'same_day':
      if (!due.starts_next_working_day) return t('due-same-day');
      return afterCut(due) ? t('due-same-day-next') : t('due-same-day-off');
    case 'working_days':
      return t('due-working-days', { n });
    case 'days':
      return t('due-days', { n });
    case 'months':
      return t('due-months', { n });
    case 'hours':
      return t('due-hours', { n });
  }
}

/** The sentence under the due strip: the rule, the days that do not count and why, what moved. */
export function dueSentence(due: DueView): string {
  const parts = [rule(due)];
  if (due.starts_next_working_day && due.term.kind !== 'same_day' && afterCut(due))
    parts.push(t('due-starts-next'));
  const runs = offRuns(due.cells);
  const days = due.cells.filter((cell) => cell.kind === 'off').length;
  if (days === 1 && runs[0]) parts.push(t('due-off-one', { day: shortDay(runs[0].from), why: runs[0].why }));
  if (days > 1) {
    const list = runs.map((run) => `${runDays(run)} ${run.why}`).join('; ');
    parts.push(t('due-off-some', { n: days, list }));
  }
  if (due.moved_from) parts.push(t('due-moved', { day: shortDay(due.moved_from) }));
  if (!due.published) parts.push(t('due-unpublished'));
  return parts.join(' ');
}

/** One day of the strip, for those who listen. */
export function cellWords(cell: DueCellView): string {
  const day = dayWords(cell.date);
  switch (cell.kind) {
    case 'received':
      return t('due-cell-received', { day });
    case 'counted':
      return t('due-cell-counted', { day, n: cell.nth ?? 0 });
    case 'off':
      return t('due-cell-off', { day, why: offWhy(cell) });
    case 'waiting':
      return t('due-cell-waiting', { day });
    case 'due':
      return t('due-cell-due', { day });
  }
}

/** True where a gap between weeks helps the eye. */
export function startsWeek(cell: DueCellView): boolean {
  return weekdayNumber(cell.date) === 1;
}
