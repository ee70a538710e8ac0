import type { FluentVariable } from '@fluent/bundle';
import type { Language, Text2 } from '../host/api.gen';
import { format } from './catalogue';
import type { MessageKey } from './keys.gen';

export type { MessageKey };

let current = $state<Language>('vi');

/** The language of the screen now. Reading it in markup follows a switch at once. */
export function language(): Language {
  return current;
}

/** Switches the language of the whole screen. */
export function speak(next: Language): void {
  current = next;
  if (typeof document !== 'undefined') document.documentElement.lang = next;
}

/** The text of a key. Keys are checked by type; the Vietnamese catalogue stands in for a gap. */
export function t(key: MessageKey, args?: Record<string, FluentVariable>): string {
  return format(current, key, args) ?? format('vi', key, args) ?? '';
}

/** The text of a code that comes from the desk: `area-code`, or `area-other` when it is new to this screen. */
export function coded(area: string, code: string, args?: Record<string, FluentVariable>): string {
  const key = `${area}-${code.replaceAll('_', '-')}`;
  return format(current, key, args) ?? format(current, `${area}-other`, args) ?? '';
}

/** Data in two languages: English where it exists and is asked for, Vietnamese otherwise. */
export function both(text: Text2): string {
  return current === 'en' && text.en ? text.en : text.vi;
}
