import { untrack } from 'svelte';
import type { MessageKey } from '../i18n/index.svelte';

/** What a key does on the page that is shown: the act, and its own words where they differ from the table's. */
export interface Act {
  run: () => void;
  label?: MessageKey;
}

// A plain list with a state that only says "changed": what an effect's cleanup reads of a state is its old value, and a
// list written from there would forget what other components registered meanwhile.
let registered: { owner: symbol; acts: Record<string, Act> }[] = [];
let changed = $state.raw({});

function put(list: typeof registered): void {
  registered = list;
  // Called in effects: they must not follow the list that they change.
  untrack(() => (changed = {}));
}

/** Gives keys their acts while a page is shown. Call the answer when the page goes. */
export function registerActs(acts: Record<string, Act>): () => void {
  const owner = Symbol();
  put([...registered, { owner, acts }]);
  return () => put(registered.filter((one) => one.owner !== owner));
}

/** The act of a key now; the page that came last wins. */
export function actOf(id: string): Act | null {
  void changed;
  for (const one of registered.toReversed()) {
    const act = one.acts[id];
    if (act) return act;
  }
  return null;
}
