import { composing } from './keys';

/** Ctrl+Enter does the main act of a layer: while it is open the page's own keys rest. */
export function mainKey(node: HTMLElement, run: () => void) {
  let act = run;
  const keydown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !event.ctrlKey || event.altKey || composing(event)) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  const root = node.closest('dialog') ?? node;
  root.addEventListener('keydown', keydown);
  return {
    update: (next: () => void) => (act = next),
    destroy: () => root.removeEventListener('keydown', keydown),
  };
}
