import { untrack } from 'svelte';
import type { MessageKey } from '../i18n/index.svelte';

/** What a key does on the page that is shown: the act, and its own words where they differ from the table's. */
export interface Act {
  run: () => void;
  label?: MessageKey;
}

let registered = $state.raw<{ owner: symbol; acts: Record<string, Act> }[]>([]);

/** Gives keys their acts while a page is shown. Call the answer when the page goes. */
export function registerActs(acts: Record<string, Act>): () => void {
  const owner = Symbol();
  // Called in effects: they must not follow the list that they change.
  untrack(() => (registered = [...registered, { owner, acts }]));
  return () => {
    untrack(() => (registered = registered.filter((one) => one.owner !== owner)));
  };
}

/** The act of a key now; the page that came last wins. */
export function actOf(id: string): Act | null {
  for (const one of registered.toReversed()) {
    const act = one.acts[id];
    if (act) return act;
  }
  return null;
}
