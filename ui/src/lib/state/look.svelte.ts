import type { Settings } from '../host/api.gen';
import { speak } from '../i18n/index.svelte';

/** How much room the page has, in css px of the zoomed page: the breakpoints of the layout. */
export type Room = 'wide' | 'tab' | 'narrow';

let zoom = 100;
let room = $state<Room>('wide');
let short = $state(false);

/** The room there is now. */
export function roomNow(): Room {
  return room;
}

/** True where the page is so low that its foot must not take two rows. */
export function shortNow(): boolean {
  return short;
}

/** The room of a window so many css px wide at a zoom in percent. */
export function roomOf(width: number, percent: number): Room {
  const effective = (width * 100) / percent;
  if (effective >= 1180) return 'wide';
  return effective >= 760 ? 'tab' : 'narrow';
}

function measure(): void {
  room = roomOf(window.innerWidth, zoom);
  const root = document.documentElement;
  root.dataset.room = room;
  short = (window.innerHeight * 100) / zoom < 520;
  root.dataset.height = short ? 'short' : 'tall';
}

/** Puts language, theme and size on the window, and keeps them for the next first paint. */
export function show(settings: Pick<Settings, 'language' | 'theme' | 'zoom'>): void {
  const root = document.documentElement;
  speak(settings.language);
  if (settings.theme === 'system') delete root.dataset.theme;
  else root.dataset.theme = settings.theme;
  zoom = Math.min(200, Math.max(100, settings.zoom || 100));
  root.style.fontSize = `${zoom * 0.16}px`;
  try {
    const look = { theme: settings.theme, zoom, lang: settings.language };
    localStorage.setItem('onedoor-look', JSON.stringify(look));
  } catch {
    // Without storage the next start paints the system's theme first; nothing is lost.
  }
  measure();
}

/** The window has another size: what has the cursor stays in view. */
function resized(): void {
  measure();
  requestAnimationFrame(() => document.activeElement?.scrollIntoView({ block: 'nearest' }));
}

/** Follows the window's size until the answered function is called. */
export function followSize(): () => void {
  measure();
  window.addEventListener('resize', resized);
  return () => window.removeEventListener('resize', resized);
}
