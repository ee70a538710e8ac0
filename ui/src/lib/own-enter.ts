/**
 * A form inside a page whose Enter goes from field to field: its own Enter does the form's act. An attachment, since
 * the page's listener is nearer to the field than a handler of the markup.
 */
export function ownEnter(form: HTMLElement): () => void {
  const keydown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.ctrlKey && !event.altKey && !event.metaKey) event.stopPropagation();
  };
  form.addEventListener('keydown', keydown);
  return () => form.removeEventListener('keydown', keydown);
}
