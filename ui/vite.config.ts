import { svelte } from '@sveltejs/vite-plugin-svelte';
import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

const page = (name: string) => resolve(import.meta.dirname, name);

// The gallery is a page of the makers, not of the counter: it is built only when asked for.
const pages: Record<string, string> = { main: page('index.html') };
if (process.env.ONEDOOR_GALLERY) pages.gallery = page('gallery.html');

export default defineConfig({
  plugins: [svelte()],
  clearScreen: false,
  // The message catalogues lie beside the app, in assets/, because the printed forms read them too.
  server: { port: 5173, strictPort: false, fs: { allow: ['..'] } },
  build: {
    target: ['safari16.4', 'chrome111'],
    outDir: 'dist',
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    rollupOptions: { input: pages },
  },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
});
