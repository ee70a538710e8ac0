import { app } from './state/app.svelte';

/** How finely a paper's picture is drawn, so that it is sharp at the page's zoom. */
export function pictureScale(): number {
  const zoom = (app.state?.settings.zoom ?? 100) / 100;
  return Math.min(3, Math.max(1, Math.ceil(4 * zoom * window.devicePixelRatio) / 4));
}
