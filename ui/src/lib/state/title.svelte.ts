import { app } from './app.svelte';

/** While the page has something wrong, the window's title begins with it. For the script of a page. */
export function titleTells(wrong: () => boolean): void {
  $effect(() => {
    app.wrong = wrong();
    return () => {
      app.wrong = false;
    };
  });
}
