import type { Commands } from './api.gen';
import { asErrorView, pictures, type Hints, type Host } from './types';

let source: EventSource | null = null;

/** The test host on the loopback: the same commands over HTTP, the hints as server-sent events. */
export const http: Host = {
  async call<K extends keyof Commands>(name: K, args: Commands[K]['args']) {
    const response = await fetch(`/cmd/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(args),
    }).catch(() => {
      throw asErrorView(null);
    });
    if (!response.ok) throw asErrorView(await response.json().catch(() => null));
    const answer: unknown = pictures.has(name) ? await response.blob() : await response.json();
    return answer as Commands[K]['out'];
  },
  listen<E extends keyof Hints>(event: E, hear: (hint: Hints[E]) => void) {
    source ??= new EventSource('/events');
    const listener = (message: MessageEvent<string>) => hear(JSON.parse(message.data) as Hints[E]);
    source.addEventListener(event, listener);
    const opened = source;
    return () => opened.removeEventListener(event, listener);
  },
};
