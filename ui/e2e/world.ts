import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, type Page } from '@playwright/test';
import type { AppState, Language, Theme } from '../src/lib/host/api.gen';

/** True when the real desk is behind the page. */
export const real = Boolean(process.env.ONEDOOR_DEVHOST);

export interface Look {
  theme?: Theme;
  language?: Language;
  zoom?: number;
}

export type World = 'demo' | 'mission' | 'plain' | 'first' | 'enrol' | 'damaged' | 'clock';

const phases: Record<World, string> = {
  demo: 'phase=signed_out',
  mission: 'phase=signed_out',
  plain: 'phase=signed_out&demo=0',
  first: 'phase=first_start&demo=0',
  enrol: 'phase=enrol&demo=0',
  damaged: 'phase=damaged&demo=0',
  clock: 'phase=confirm_clock',
};

/** Asks the real desk, past the page. */
export async function ask<T>(page: Page, name: string, args: unknown): Promise<T> {
  const response = await page.request.post(`/cmd/${name}`, { data: args });
  expect(response.ok(), `${name} answered ${response.status()}`).toBe(true);
  return (await response.json()) as T;
}

/** Opens the window on a fresh world with a look. */
export async function open(page: Page, world: World, asked: Look = {}): Promise<void> {
  const { theme = 'light', language = 'vi', zoom = 100 } = asked;
  if (!real) {
    await page.goto(`/?${phases[world]}&theme=${theme}&lang=${language}&zoom=${zoom}`);
    return;
  }
  await page.request.post(`/test/world/${world === 'clock' ? 'plain' : world}`);
  if (world === 'clock') await doubtTheClock(page);
  const state = await ask<AppState>(page, 'app_state', {});
  const look = { theme, language, zoom };
  // A damaged store keeps no settings: the look is what the screen would remember.
  if (world === 'damaged') await answerWith(page, (found) => ({ settings: { ...found.settings, ...look } }));
  else await ask(page, 'settings_save', { settings: { ...state.settings, ...look } });
  await page.goto('/');
}

/** The desk's answer with a part of it put there: states that the test's desk can't be brought into. */
async function answerWith(page: Page, part: (state: AppState) => Partial<AppState>): Promise<void> {
  await page.route('**/cmd/app_state', async (route) => {
    const state = (await (await route.fetch()).json()) as AppState;
    await route.fulfill({ json: { ...state, ...part(state) } });
  });
}

/** The question after a start without a network; the real desk asks it only after a restart. */
async function doubtTheClock(page: Page): Promise<void> {
  const clock = { proposed: '2026-11-23T07:31:00', last_event: '2026-11-20T16:48:12' };
  await answerWith(page, () => ({ phase: 'confirm_clock', clock }));
  await page.route('**/cmd/session_confirm_clock', (route) => route.fulfill({ json: 'behind_last_event' }));
}

/** Signs in with the keyboard: the first name, the supervisor's, has the cursor. */
export async function signIn(page: Page, nth = 0): Promise<void> {
  const names = page.locator('[data-testid^=staff-]');
  await expect(names.first()).toBeFocused();
  await names.nth(nth).press('Enter');
  // Where the desk asks for the day once, Enter confirms it.
  const ready = page.getByTestId('procedure').or(page.getByTestId('clock-confirm'));
  await expect(ready).toBeVisible();
  if (await page.getByTestId('clock-confirm').isVisible()) await page.keyboard.press('Enter');
  await expect(page.getByTestId('procedure')).toBeFocused();
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds against WCAG 2.2 AA, as sentences, once nothing moves: half-faded words are nobody's colours. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  return await page.evaluate(async () => {
    await Promise.allSettled(document.getAnimations().map((one) => one.finished));
    const { axe } = window as unknown as {
      axe: { run: (root: Document, options: object) => Promise<AxeAnswer> };
    };
    type AxeAnswer = {
      violations: { id: string; help: string; nodes: { html: string; failureSummary: string }[] }[];
    };
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const answer = await axe.run(document, { runOnly: { type: 'tag', values: tags } });
    return answer.violations.map(
      (one) => `${one.id}: ${one.help}: ${one.nodes[0]?.html} ${one.nodes[0]?.failureSummary}`,
    );
  });
}

/** Texts that are cut off, and anything that would scroll sideways. */
export async function cutOff(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    const found: string[] = [];
    if (document.documentElement.scrollWidth > window.innerWidth) found.push('the window scrolls sideways');
    for (const element of document.querySelectorAll<HTMLElement>('body *')) {
      const style = getComputedStyle(element);
      if (element.closest('.unseen, [hidden], svg, .actual') || element.getClientRects().length === 0)
        continue;
      const hides = (value: string) => value === 'hidden' || value === 'clip';
      const wide = hides(style.overflowX) && element.scrollWidth > element.clientWidth + 1;
      const tall = hides(style.overflowY) && element.scrollHeight > element.clientHeight + 1;
      if ((wide && style.textOverflow !== 'ellipsis') || tall) {
        found.push(`${element.tagName}.${element.className}: ${element.textContent?.trim().slice(0, 60)}`);
      }
      // A native control hides what does not fit without saying so.
      if (element instanceof HTMLSelectElement || element instanceof HTMLInputElement) {
        if (element.scrollHeight > element.clientHeight + 1)
          found.push(`${element.dataset.testid} is cut in height`);
      }
      if (
        style.overflowX === 'visible' &&
        element.scrollWidth > element.clientWidth + 1 &&
        element.matches('button')
      ) {
        found.push(`a button's words overflow: ${element.textContent?.trim()}`);
      }
    }
    return found;
  });
}

/** Types the whole of a filing with the keyboard only, up to the moment before Ctrl+Enter. */
export async function typeFiling(page: Page, name = 'Nguyễn Thị Ừng'): Promise<void> {
  const keyboard = page.keyboard;
  await keyboard.type('thuong tru');
  await expect(page.getByRole('option').first()).toBeVisible();
  await keyboard.press('Enter');
  await expect(page.getByTestId('field-applicant.name')).toBeFocused();
  await keyboard.type(name);
  await keyboard.press('Enter');
  await expect(page.getByTestId('field-applicant.birth')).toBeFocused();
  await keyboard.type('05031950');
  await keyboard.press('Enter');
  await keyboard.press('ArrowRight');
  await keyboard.press('Enter');
  await expect(page.getByTestId('field-applicant.id_number')).toBeFocused();
  await keyboard.type('066 150 001 234');
  await keyboard.press('Enter');
  await keyboard.type('Buôn Tring, xã Ea Tul, tỉnh Đắk Lắk');
  await keyboard.press('Enter');
  await keyboard.type('0905111222');
  await keyboard.press('Enter');
  await expect(page.getByTestId('field-applicant.email')).toBeFocused();
  await keyboard.press('Enter');
  // No special case holds for this filing: Enter goes on to the papers.
  await expect(page.locator('[data-field=cases]').first()).toBeFocused();
  await keyboard.press('Enter');
  for (const row of await page.locator('[data-paper-row]').all()) {
    await expect(row).toBeFocused();
    await keyboard.press(' ');
    await keyboard.press('ArrowDown');
  }
}
