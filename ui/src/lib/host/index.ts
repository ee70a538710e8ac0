import { http } from './http';
import { tauri } from './tauri';
import type { Host } from './types';

export * from './api.gen';
export * from './empty';
export { asErrorView, type Hints } from './types';

async function choose(): Promise<Host> {
  if ('__TAURI_INTERNALS__' in window) return tauri;
  // Only the maker's dev server has the fake; the branch is removed from every build.
  if (import.meta.env.DEV) return (await import('./fake')).fake;
  return http;
}

const chosen = choose();

/** Calls a command of the desk. Rejects with an `ErrorView`. */
export const call: Host['call'] = async (name, args) => (await chosen).call(name, args);

/** Hears a hint of the desk until the answered function is called. */
export const listen: Host['listen'] = (event, hear) => {
  let off: (() => void) | null = null;
  let stopped = false;
  void chosen.then((host) => {
    if (!stopped) off = host.listen(event, hear);
  });
  return () => {
    stopped = true;
    off?.();
  };
};
