import { composing } from './keys';

const fields = 'input:not([type=hidden]), select, textarea, button[data-act]';

function visible(element: HTMLElement): boolean {
  return (
    element.tabIndex >= 0 && !element.closest('[hidden], [inert]') && element.getClientRects().length > 0
  );
}

/** The fields of a form in reading order; of a radio group only the one that Tab would reach. */
function reachable(root: HTMLElement): HTMLElement[] {
  const seen = new Set<string>();
  return [...root.querySelectorAll<HTMLElement>(fields)].filter((element) => {
    if (!visible(element)) return false;
    if (!(element instanceof HTMLInputElement) || element.type !== 'radio') return true;
    const group = [...root.querySelectorAll<HTMLInputElement>(`input[name="${CSS.escape(element.name)}"]`)];
    const stop = group.find((one) => one.checked) ?? group[0];
    if (stop !== element || seen.has(element.name)) return false;
    seen.add(element.name);
    return true;
  });
}

/**
 * Enter goes to the next field, and from the last one to `last` (the main button). An act for a form's element.
 * A button, a text of several lines and whatever took the key before keep their own Enter. What `settled` says of needs
 * no hand: Enter passes it by, Tab and the arrows do not.
 */
export function enterMoves(
  root: HTMLElement,
  last?: () => HTMLElement | null,
  settled: (field: HTMLElement) => boolean = () => false,
) {
  function keydown(event: KeyboardEvent) {
    if (event.key !== 'Enter' || event.defaultPrevented || composing(event)) return;
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const from = event.target as HTMLElement;
    if (from instanceof HTMLButtonElement || from instanceof HTMLTextAreaElement) return;
    // A list with a marked line takes Enter itself; its own handler comes after this one.
    if (from.hasAttribute('aria-activedescendant')) return;
    const list = reachable(root);
    const at = list.findIndex((one) => one === from || sameGroup(one, from));
    if (at < 0) return;
    event.preventDefault();
    const next = list.slice(at + 1).find((one) => !settled(one)) ?? last?.();
    next?.focus();
    if (next instanceof HTMLInputElement && next.type === 'text') next.select();
  }
  root.addEventListener('keydown', keydown);
  return { destroy: () => root.removeEventListener('keydown', keydown) };
}

function sameGroup(one: HTMLElement, from: HTMLElement): boolean {
  return (
    one instanceof HTMLInputElement &&
    from instanceof HTMLInputElement &&
    one.type === 'radio' &&
    from.type === 'radio' &&
    one.name === from.name
  );
}
