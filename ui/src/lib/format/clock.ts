import { tidy, tidyDate } from './typed';

/** A time as typed: `731`, `7:31`, `7h31` become `07:31`; anything else stays as typed. */
export function tidyTime(text: string): string {
  const hit = /^(\d{1,2})\s*[:hg.]?\s*(\d{2})$/i.exec(tidy(text));
  return hit ? `${hit[1]!.padStart(2, '0')}:${hit[2]}` : tidy(text);
}

/** The civil time of a typed day and time, or null when there is no such moment. */
export function clockAt(date: string, time: string): string | null {
  const d = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(tidyDate(date));
  const t = /^(\d{2}):(\d{2})$/.exec(tidyTime(time));
  if (!d || !t) return null;
  const text = `${d[3]}-${d[2]}-${d[1]}T${t[1]}:${t[2]}:00`;
  const read = new Date(`${text}Z`);
  return Number.isNaN(read.getTime()) || read.toISOString().slice(0, 19) !== text ? null : text;
}
