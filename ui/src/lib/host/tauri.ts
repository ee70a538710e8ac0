import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import type { Commands } from './api.gen';
import { asErrorView, pictures, type Hints, type Host } from './types';

/** The window of the desktop app. The only file that knows Tauri. */
export const tauri: Host = {
  async call<K extends keyof Commands>(name: K, args: Commands[K]['args']) {
    try {
      const answer = await invoke<unknown>(name, args as Record<string, unknown>);
      if (pictures.has(name)) {
        return new Blob([answer as ArrayBuffer], { type: 'image/png' }) as Commands[K]['out'];
      }
      return answer as Commands[K]['out'];
    } catch (thrown) {
      throw asErrorView(thrown);
    }
  },
  listen<E extends keyof Hints>(event: E, hear: (hint: Hints[E]) => void) {
    const off = listen<Hints[E]>(event, (message) => hear(message.payload));
    return () => void off.then((stop) => stop());
  },
};
