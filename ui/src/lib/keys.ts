import { tinykeys } from 'tinykeys';
import type { LookUpOutcome } from './host/api.gen';
import type { MessageKey } from './i18n/index.svelte';

/** Where a key works: anywhere, on a page that handles it, on a row of the checklist, or on a paper to look up. */
export type KeyScope = 'everywhere' | 'page' | 'row' | 'look-up';

export interface KeyEntry {
  id: string;
  /** In the notation of tinykeys. */
  press: string;
  /** As it stands on a key cap. `cap-…` keys of the catalogue are translated by KeyHint. */
  caps: string[];
  label: MessageKey;
  scope: KeyScope;
}

const entry = (id: string, press: string, caps: string[], label: MessageKey, scope: KeyScope): KeyEntry => ({
  id,
  press,
  caps,
  label,
  scope,
});

/** The one table of keys. Handlers, the key layer (F1), the hints on buttons and the palette all read it. */
export const keys = [
  entry('main', 'Control+Enter', ['Ctrl', 'cap-enter'], 'key-save', 'page'),
  entry('keep', 'Alt+Enter', ['Alt', 'cap-enter'], 'key-receive-keep', 'page'),
  entry('new', 'F4', ['F4'], 'key-new', 'everywhere'),
  entry('paper', 'F8', ['F8'], 'key-paper', 'page'),
  entry('all', 'Alt+ArrowDown', ['Alt', '↓'], 'key-all-procedures', 'page'),
  entry('pin', 'F2', ['F2'], 'key-pin', 'page'),
  entry('case', '', ['1', '…', '7'], 'key-case', 'page'),
  entry('guide', 'Alt+g', ['Alt', 'G'], 'key-guide', 'page'),
  entry('supplement', 'Alt+b', ['Alt', 'B'], 'key-supplement', 'page'),
  entry('refuse', 'Alt+t', ['Alt', 'T'], 'key-refuse', 'page'),
  entry('behalf', 'Alt+n', ['Alt', 'N'], 'key-behalf', 'page'),
  entry('address', 'Alt+m', ['Alt', 'M'], 'key-address', 'page'),
  entry('fee', 'Alt+p', ['Alt', 'P'], 'key-fee', 'page'),
  entry('transfer', 'Alt+k', ['Alt', 'K'], 'key-transfer', 'page'),
  entry('find', 'Control+k', ['Ctrl', 'K'], 'key-find', 'everywhere'),
  entry('keys', 'F1', ['F1'], 'key-keys', 'everywhere'),
  entry('place-receive', 'Alt+1', ['Alt', '1'], 'key-place-receive', 'everywhere'),
  entry('place-filings', 'Alt+3', ['Alt', '3'], 'key-place-filings', 'everywhere'),
  entry('place-sync', 'Alt+6', ['Alt', '6'], 'key-place-sync', 'everywhere'),
  entry('place-day', 'Alt+7', ['Alt', '7'], 'key-place-day', 'everywhere'),
  entry('place-office', 'Alt+8', ['Alt', '8'], 'key-place-office', 'everywhere'),
  entry('close', '', ['cap-esc'], 'key-close', 'everywhere'),
  entry('next', '', ['cap-enter'], 'key-next', 'everywhere'),
  entry('row-original', '1', ['1'], 'key-row-original', 'row'),
  entry('row-copy', '2', ['2'], 'key-row-copy', 'row'),
  entry('row-certified', '3', ['3'], 'key-row-certified', 'row'),
  entry('row-shown', '4', ['4'], 'key-row-shown', 'row'),
  entry('row-from_database', '5', ['5'], 'key-row-from-database', 'row'),
  entry('row-not_reachable', '6', ['6'], 'key-row-not-reachable', 'row'),
  entry('row-missing', '0', ['0'], 'key-row-missing', 'row'),
  entry('row-more', '+', ['+'], 'key-row-more', 'row'),
  entry('row-fewer', '-', ['−'], 'key-row-fewer', 'row'),
  entry('row-usual', ' ', ['cap-space'], 'key-row-usual', 'row'),
  entry('look-found', 'f', ['F'], 'key-look-found', 'look-up'),
  entry('look-missing', 'k', ['K'], 'key-look-missing', 'look-up'),
] as const satisfies readonly KeyEntry[];

export type KeyId = (typeof keys)[number]['id'];

/** The entry of an id; ids are checked by type, so it is always there. */
export function keyOf(id: string): KeyEntry | undefined {
  return keys.find((one) => one.id === id);
}

/** True while an input method composes: then no key is ours. */
export function composing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}

/** What a row of the checklist does with a key, by the table; null when the key is not one of the row's. */
export function rowAct(event: KeyboardEvent): string | null {
  if (composing(event) || event.ctrlKey || event.altKey || event.metaKey) return null;
  const typed = event.key === '=' ? '+' : event.key === '−' ? '-' : event.key;
  const hit = keys.find((one) => one.scope === 'row' && one.press === typed);
  return hit ? hit.id.slice('row-'.length) : null;
}

/** What a key says of a paper to look up, by the table; null when it says nothing. */
export function lookUpAct(event: KeyboardEvent): LookUpOutcome | null {
  if (composing(event) || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return null;
  const typed = event.key.toLowerCase();
  const hit = keys.find((one) => one.scope === 'look-up' && one.press === typed);
  return hit ? (hit.id.slice('look-'.length) as LookUpOutcome) : null;
}

/** Binds the window's keys; `act` answers whether it did something, and only then the key is taken. */
export function bindKeys(target: Window, act: (id: string) => boolean): () => void {
  const bindings: Record<string, (event: KeyboardEvent) => void> = {};
  for (const one of keys) {
    if (one.scope === 'row' || one.scope === 'look-up' || one.press === '') continue;
    bindings[one.press] = (event) => {
      if (!composing(event) && act(one.id)) event.preventDefault();
    };
  }
  return tinykeys(target, bindings);
}
