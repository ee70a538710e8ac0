import { app } from './app.svelte';
import { draft } from './draft.svelte';
import { lastReceived } from './last-received.svelte';

/** The centre says that who works now has left: what is typed is kept, and the sign-in page says why. */
export async function endSession(name: string): Promise<void> {
  await switchUser();
  if (app.state?.phase === 'signed_out') app.hasLeft = name;
}

/** Locks the window for another user. What is typed is kept first; it comes back with its clerk. Where the disk does not
 * take it, the clerk stays: it is on the screen only. */
export async function switchUser(): Promise<void> {
  if (!(await draft.leave())) return;
  lastReceived.forget();
  try {
    await app.lock();
  } finally {
    // It could not be locked: the same clerk goes on with what they typed.
    const clerk = app.state?.session?.clerk.id;
    if (clerk) void draft.open(clerk);
  }
}
