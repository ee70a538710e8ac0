import { tick } from 'svelte';

/**
 * Tells which section has the cursor. Sections above may fold when the cursor leaves them: what has the cursor then
 * keeps its place on the screen. With the pointer, folding waits until the button is up, so that a press always
 * hits what it was aimed at. Answers a function that stops.
 */
export function followFocus(root: HTMLElement, read: () => string, write: (id: string) => void): () => void {
  let down = false;
  let waiting: string | null = null;

  async function go(id: string) {
    if (read() === id) return;
    const scroller = root.closest<HTMLElement>('[data-scroller]');
    const held = document.activeElement;
    const before = held?.getBoundingClientRect().top ?? 0;
    write(id);
    await tick();
    if (scroller && held?.isConnected) scroller.scrollTop += held.getBoundingClientRect().top - before;
  }

  const focusin = (event: FocusEvent) => {
    const id = (event.target as HTMLElement).closest<HTMLElement>('[data-section]')?.dataset.section ?? '';
    if (down) waiting = id;
    else void go(id);
  };
  const pointerdown = () => {
    down = true;
    waiting = null;
  };
  const pointerup = () =>
    setTimeout(() => {
      down = false;
      if (waiting !== null) void go(waiting);
      waiting = null;
    });

  root.addEventListener('focusin', focusin);
  window.addEventListener('pointerdown', pointerdown, true);
  window.addEventListener('pointerup', pointerup, true);
  return () => {
    root.removeEventListener('focusin', focusin);
    window.removeEventListener('pointerdown', pointerdown, true);
    window.removeEventListener('pointerup', pointerup, true);
  };
}
