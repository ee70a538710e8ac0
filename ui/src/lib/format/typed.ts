/**
 * What is done to typed text when the field is left. Never while it is typed: Vietnamese input methods
 * work by rewriting what they typed, and a field that rewrites too destroys it.
 */

/** One spelling of every letter, no spaces around. */
export function tidy(text: string): string {
  return text.normalize('NFC').trim();
}

/** A name or an address: also single spaces inside. */
export function tidyLine(text: string): string {
  return tidy(text).replace(/\s+/g, ' ');
}

/** Digits as people group them on paper: spaces, dots and dashes go. Other text stays, so that it can be seen and corrected. */
export function tidyDigits(text: string): string {
  return tidy(text).replace(/(?<=[\d+])[\s.-]+(?=\d)/g, '');
}

const two = (n: string) => n.padStart(2, '0');

/** A day and time as typed. A time alone (`9:30`, `0930`) gets the day that is meant; the rest as `tidyDate` does it. */
export function tidyDayTime(text: string, day: string): string {
  const typed = tidy(text);
  const time = /^(?:(.+?)[\sT,]+)?(\d{1,2})[:hg.]?(\d{2})$/.exec(typed);
  if (!time) return tidyDate(typed);
  return `${time[1] ? tidyDate(time[1]) : day} ${two(time[2]!)}:${time[3]}`.trim();
}

/** A date as typed: `5/3/1988`, `05031988`, `5 3 1988` become dd/MM/yyyy; `3/1950` becomes MM/yyyy; anything else stays as typed. */
export function tidyDate(text: string): string {
  const typed = tidy(text);
  const packed = /^(\d{2})(\d{2})(\d{4})$/.exec(typed);
  if (packed) return `${packed[1]}/${packed[2]}/${packed[3]}`;
  const parts = /^(\d{1,2})[\s./-]+(\d{1,2})[\s./-]+(\d{4})$/.exec(typed);
  if (parts) return `${two(parts[1]!)}/${two(parts[2]!)}/${parts[3]}`;
  const month = /^(\d{1,2})[\s./-]+(\d{4})$/.exec(typed);
  if (month) return `${two(month[1]!)}/${month[2]}`;
  return typed;
}

/** A typed day `dd/MM/yyyy` as `yyyy-MM-dd`; empty for anything else, also for days that do not exist. */
export function isoDay(text: string): string {
  const hit = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(tidyDate(text));
  if (!hit) return '';
  const iso = `${hit[3]}-${hit[2]}-${hit[1]}`;
  const at = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(iso) ? iso : '';
}
