import { expect, test, type Page } from '@playwright/test';
import type { Theme } from '../src/lib/host/api.gen';
import { cutOff, open, signIn, typeFiling, violations, type World } from './world';

type Scene = { world: World; go?: (page: Page) => Promise<void>; see: string };

const choose = async (page: Page) => {
  await signIn(page);
  await page.keyboard.type('thuong tru');
  await expect(page.getByRole('option').first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('field-applicant.name')).toBeFocused();
};

/** Every page that exists, in the states that change what it shows. */
const scenes: Record<string, Scene> = {
  'sign in': { world: 'demo', see: '[data-testid^=staff-]' },
  'first start': { world: 'first', see: '[data-testid=first-name]' },
  enrol: { world: 'enrol', see: '[data-testid=enrol]' },
  damaged: { world: 'damaged', see: '[data-testid=reference]' },
  'receive, idle': { world: 'demo', go: signIn, see: '[data-testid=last-filings]' },
  'receive, picking': {
    world: 'demo',
    go: async (page) => {
      await signIn(page);
      await page.keyboard.type('ho');
    },
    see: '[role=option]',
  },
  'receive, at work': { world: 'demo', go: choose, see: '[data-paper-row]' },
  'receive, wrong': {
    world: 'demo',
    go: async (page) => {
      await choose(page);
      await page.getByTestId('field-applicant.birth').fill('31/02/1990');
      await page.keyboard.press('Control+Enter');
    },
    see: '[data-testid=wrong-count]',
  },
  'receive, complete': {
    world: 'demo',
    go: async (page) => {
      await signIn(page);
      await typeFiling(page, 'NGUYỄN THỊ ỪNG');
    },
    see: '[data-section=person] .summary',
  },
  'receive, received': {
    world: 'demo',
    go: async (page) => {
      await signIn(page);
      await typeFiling(page, 'NGUYỄN THỊ ỪNG');
      await page.keyboard.press('Control+Enter');
    },
    see: '[data-testid=received-code]',
  },
  filings: {
    world: 'demo',
    go: async (page) => {
      await signIn(page);
      await page.keyboard.press('Alt+3');
      await page.getByTestId('filings').locator('tbody tr').first().press('Enter');
    },
    see: '[data-testid=opened-filing]',
  },
  'filings, nothing found': {
    world: 'demo',
    go: async (page) => {
      await signIn(page);
      await page.keyboard.press('Alt+3');
      await page.getByTestId('filings-find').fill('zzzz không có');
    },
    see: '.empty button',
  },
  sync: {
    world: 'demo',
    go: async (page) => {
      await signIn(page);
      await page.keyboard.press('Alt+6');
    },
    see: '[data-testid=sync-items]',
  },
  office: {
    world: 'demo',
    go: async (page) => {
      await signIn(page);
      await page.keyboard.press('Alt+8');
    },
    see: '[data-testid=staff-add]',
  },
  keys: {
    world: 'demo',
    go: async (page) => {
      await signIn(page);
      await page.keyboard.press('F1');
    },
    see: 'dialog[open]',
  },
  find: {
    world: 'demo',
    go: async (page) => {
      await signIn(page);
      await page.keyboard.press('Control+k');
    },
    see: 'dialog[open] [role=option]',
  },
};

const looks: { name: string; theme: Theme; zoom: number }[] = [
  { name: 'light', theme: 'light', zoom: 100 },
  { name: 'dark', theme: 'dark', zoom: 100 },
  { name: 'high contrast', theme: 'contrast', zoom: 100 },
  { name: 'light at 200 %', theme: 'light', zoom: 200 },
];

for (const [name, scene] of Object.entries(scenes)) {
  for (const look of looks) {
    test(`${name}, ${look.name}: axe finds nothing and no text is cut`, async ({ page }) => {
      await open(page, scene.world, look);
      await scene.go?.(page);
      await expect(page.locator(scene.see).first()).toBeVisible();
      expect(await violations(page)).toEqual([]);
      expect(await cutOff(page)).toEqual([]);
      await expect(page.locator('body')).not.toContainText(/undefined|NaN|\[object/);
    });
  }
}
