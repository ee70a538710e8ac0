import { app } from './app.svelte';
import { draft } from './draft.svelte';
import { lastReceived } from './last-received.svelte';

/** Locks the window for another user. What is typed is kept first; it comes back with its clerk. */
export async function switchUser(): Promise<void> {
  await draft.leave();
  lastReceived.forget();
  await app.lock();
}
