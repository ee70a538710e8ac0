import type { Language } from '../host/api.gen';
import { format as message } from '../i18n/catalogue';

/** A number with the separators of the language: `1.234,5` or `1,234.5`. */
export function number(language: Language, n: number, digits = 0): string {
  return n.toLocaleString(language === 'vi' ? 'vi-VN' : 'en-GB', { maximumFractionDigits: digits });
}

/** Bytes given as a string of digits, as `12,4 kB`. */
export function size(language: Language, digits: string): string {
  const n = Number(digits) || 0;
  if (n < 1000) return message(language, 'bytes-b', { n: number(language, n) }) ?? '';
  if (n < 1_000_000) return message(language, 'bytes-kb', { n: number(language, n / 1000, 1) }) ?? '';
  return message(language, 'bytes-mb', { n: number(language, n / 1_000_000, 1) }) ?? '';
}
