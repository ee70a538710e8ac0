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
  'sign in, asked for a password': {
    world: 'plain',
    go: async (page) => await page.locator('[data-testid^=staff-]').first().press('Enter'),
    see: '[data-testid=password]',
  },
  recover: {
    world: 'plain',
    go: async (page) => {
      await page.locator('[data-testid^=staff-]').first().press('Enter');
      await page.getByTestId('forgot').press('Enter');
    },
    see: '[data-testid=recovery-code]',
  },
  'recovery paper': {
    world: 'first',
    go: async (page) => {
      await page.getByTestId('first-name').fill('NGUYỄN THỊ ỪNG');
      await page.getByTestId('first-password').fill('mot hai ba bon');
      await page.keyboard.press('Control+Enter');
      await page.getByTestId('recovery-typed').fill('0000');
      await page.keyboard.press('Enter');
    },
    see: '[data-testid=receipt-sheet] img',
  },
  clock: { world: 'clock', see: '[data-testid=clock-confirm]' },
  'clock, asked twice': {
    world: 'clock',
    go: async (page) => {
      await page.getByTestId('field-clock-date').fill('01/01/2020');
      await page.getByTestId('clock-confirm').press('Enter');
    },
    see: '.banner',
  },
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

const themes = ['light', 'dark', 'contrast'] as const;

/** Puts another theme on the page as it stands, as `show` does: only the colours change. */
async function wear(page: Page, theme: Theme): Promise<void> {
  await page.evaluate((theme) => (document.documentElement.dataset.theme = theme), theme);
}

for (const [name, scene] of Object.entries(scenes)) {
  for (const language of ['vi', 'en'] as const) {
    for (const zoom of [100, 200]) {
      test(`${name}, ${language} at ${zoom} %: axe finds nothing in any theme and no text is cut`, async ({
        page,
      }) => {
        await open(page, scene.world, { language, zoom });
        await scene.go?.(page);
        await expect(page.locator(scene.see).first()).toBeVisible();
        await expect(page.locator('html')).toHaveAttribute('lang', language);
        expect(await cutOff(page)).toEqual([]);
        await expect(page.locator('body')).not.toContainText(/undefined|NaN|\[object/);
        for (const theme of themes) {
          await wear(page, theme);
          expect(await violations(page), theme).toEqual([]);
        }
        // The edges of high contrast are twice as wide: they too have to find their room.
        expect(await cutOff(page), 'contrast').toEqual([]);
      });
    }
  }
}

test('axe would find words too faint to read and a picture without words', async ({ page }) => {
  await open(page, 'demo', { language: 'en' });
  await expect(page.locator('[data-testid^=staff-]').first()).toBeVisible();
  await page.addStyleTag({ content: '* { --muted: var(--line); }' });
  await page.evaluate(() => document.querySelector('main')?.append(document.createElement('img')));
  const found = (await violations(page)).join('\n');
  expect(found).toContain('color-contrast');
  expect(found).toContain('image-alt');
});
