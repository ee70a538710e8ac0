import { defineConfig } from '@playwright/test';

/**
 * The screen in a real browser. With ONEDOOR_DEVHOST (`cargo run -p onedoor-devhost -- --port 0` prints it) behind it
 * is the real desk with its real store; without, the dev server and its fake desk, for quick work on the screen.
 * The browser is the system's: nothing is downloaded.
 */
const devhost = process.env.ONEDOOR_DEVHOST;

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  workers: 1,
  timeout: 30_000,
  expect: { timeout: 8_000 },
  reporter: [['list']],
  use: {
    baseURL: devhost ?? 'http://127.0.0.1:5198',
    viewport: { width: 1366, height: 696 },
    locale: 'vi-VN',
    launchOptions: {
      executablePath: process.env.ONEDOOR_CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox'],
    },
  },
  webServer: devhost
    ? undefined
    : { command: 'npx vite --host 127.0.0.1 --port 5198 --strictPort', url: 'http://127.0.0.1:5198' },
});
