import { format as message } from '../i18n/catalogue';
import type { Language } from '../host/api.gen';

/** The parts of a local civil time `YYYY-MM-DDTHH:MM:SS`, or of a day `YYYY-MM-DD`. No time zone is involved. */
export interface Civil {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
}

const shape = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2}))?/;

/** Reads a civil time; null for anything else. */
export function civil(text: string | null | undefined): Civil | null {
  const hit = shape.exec(text ?? '');
  if (!hit) return null;
  const [, year, month, day, hour, minute] = hit.map(Number);
  return { year: year!, month: month!, day: day!, hour: hour || 0, minute: minute || 0 };
}

const two = (n: number) => String(n).padStart(2, '0');

/** `23/11/2026` */
export function day(text: string | null | undefined): string {
  const at = civil(text);
  return at ? `${two(at.day)}/${two(at.month)}/${at.year}` : '';
}

/** `23/11` */
export function shortDay(text: string | null | undefined): string {
  const at = civil(text);
  return at ? `${two(at.day)}/${two(at.month)}` : '';
}

/** `07:31` */
export function time(text: string | null | undefined): string {
  const at = civil(text);
  return at ? `${two(at.hour)}:${two(at.minute)}` : '';
}

/** `23/11/2026 07:31` */
export function dayTime(text: string | null | undefined): string {
  return civil(text) ? `${day(text)} ${time(text)}` : '';
}

/** Milliseconds of a civil time on one common scale, to compare and subtract. */
function scale(at: Civil): number {
  return Date.UTC(at.year, at.month - 1, at.day, at.hour, at.minute);
}

/** Monday = 1 … Sunday = 7. */
export function weekdayNumber(text: string): number {
  const at = civil(text);
  return at ? new Date(scale(at)).getUTCDay() || 7 : 0;
}

/** `thứ Hai` */
export function weekday(language: Language, text: string): string {
  return message(language, `weekday-${weekdayNumber(text)}`) ?? '';
}

/** `vừa xong`, `12 phút trước`, `3 giờ trước`, `20/11 16:42`: how long ago, as a clerk would say it. */
export function ago(language: Language, then: string, now: string): string {
  const a = civil(then);
  const b = civil(now);
  if (!a) return '';
  const minutes = b ? Math.round((scale(b) - scale(a)) / 60_000) : Infinity;
  // The screen's clock ticks now and then: what lies a moment ahead of it has just happened.
  if (minutes >= -2 && minutes < 1) return message(language, 'ago-now') ?? '';
  if (minutes >= 0 && minutes < 60) return message(language, 'ago-minutes', { n: minutes }) ?? '';
  if (minutes >= 0 && minutes < 12 * 60)
    return message(language, 'ago-hours', { n: Math.floor(minutes / 60) }) ?? '';
  return `${shortDay(then)} ${time(then)}`;
}
