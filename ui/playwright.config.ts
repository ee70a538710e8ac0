import { defineConfig } from '@playwright/test';

/**
 * The screen in a real browser. With ONEDOOR_DEVHOST (`cargo run -p onedoor-devhost -- --port 0` prints it) behind it
 * is the real desk with its real store; without, the dev server and its fake desk, for quick work on the screen.
 * The browser is the system's: nothing is downloaded.
 */
const devhost = process.env.ONEDOOR_DEVHOST;

/** Where the built gallery stands while the tests run. It is no page of the counter: the host does not serve it. */
export const gallery = `http://127.0.0.1:${process.env.ONEDOOR_GALLERY_PORT ?? 5199}/gallery.html`;

const galleryServer = {
  command: 'npm run --silent gallery:serve',
  url: gallery,
  env: { ONEDOOR_GALLERY: '1' },
  timeout: 120_000,
};

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  workers: 1,
  // A wait ends with its event; these are for what never comes, also on a machine that does other work.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [['list']],
  use: {
    baseURL: devhost ?? 'http://127.0.0.1:5198',
    viewport: { width: 1366, height: 696 },
    locale: 'vi-VN',
    launchOptions: {
      executablePath: process.env.ONEDOOR_CHROMIUM ?? '/usr/bin/chromium',
      // Letters are drawn the same on every machine: no hinting to its screen, no colour fringes, one colour space.
      args: [
        '--no-sandbox',
        '--font-render-hinting=none',
        '--disable-lcd-text',
        '--force-color-profile=srgb',
      ],
    },
  },
  webServer: devhost
    ? [galleryServer]
    : [
        galleryServer,
        { command: 'npx vite --host 127.0.0.1 --port 5198 --strictPort', url: 'http://127.0.0.1:5198' },
      ],
});
