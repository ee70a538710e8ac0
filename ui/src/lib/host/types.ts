import type { Commands, ErrorView } from './api.gen';

/** The hints that the desk sends. They say "read again" and never carry a fact. */
export interface Hints {
  changed: { tags: string[] };
  sync: Record<string, never>;
  session: Record<string, never>;
  /** A serial reader sent this text. The only hint that carries something; if it is missed, the clerk scans again. */
  scanned: { text: string };
}

/** What the screen needs of the window it lives in. */
export interface Host {
  call<K extends keyof Commands>(name: K, args: Commands[K]['args']): Promise<Commands[K]['out']>;
  listen<E extends keyof Hints>(event: E, hear: (hint: Hints[E]) => void): () => void;
}

/** Commands that answer with the bytes of a picture. */
export const pictures: ReadonlySet<string> = new Set([
  'recovery_picture',
  'receipt_preview',
  'receipt_picture',
  'slip_preview',
  'filing_slip_preview',
  'slip_picture',
  'guidance_picture',
]);

/** Whatever was thrown, as the error that the screen can show. */
export function asErrorView(thrown: unknown): ErrorView {
  if (typeof thrown === 'object' && thrown !== null && 'code' in thrown) return thrown as ErrorView;
  return { code: 'internal', params: {}, retryable: false, reference: '' };
}
