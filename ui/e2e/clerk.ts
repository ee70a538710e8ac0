import { expect, type Locator, type Page } from '@playwright/test';
import { lineMs } from '../src/lib/scan';

/**
 * A clerk at the keyboard. Every press goes through here and is counted: each letter 1, each key of a chord 1, a reader
 * 1 for its trigger, whatever it then types. A hand on the mouse ends the test.
 */
export class Clerk {
  /** Keys since `begin`. */
  keys = 0;
  readonly page: Page;
  #touched: string[] = [];

  constructor(page: Page) {
    this.page = page;
  }

  /** Watches the pointer. Call before the page is opened. */
  async watch(): Promise<void> {
    await this.page.exposeFunction('pointerTouched', (what: string) => void this.#touched.push(what));
    await this.page.addInitScript(() => {
      const told = (window as unknown as { pointerTouched: (what: string) => void }).pointerTouched;
      const tell = (event: Event) => told(`${event.type} on ${(event.target as Element).tagName}`);
      document.addEventListener('pointerdown', tell, true);
    });
  }

  /** No hand was on the mouse. */
  async handsOnKeyboard(): Promise<void> {
    // What the page has told by now has arrived before its answer to a later question.
    await this.page.evaluate(() => null);
    expect(this.#touched, 'everything is done with the keyboard').toEqual([]);
  }

  begin(): void {
    this.keys = 0;
  }

  async press(chord: string): Promise<void> {
    this.keys += chord.split('+').length;
    await this.page.keyboard.press(chord);
  }

  async type(text: string): Promise<void> {
    this.keys += [...text].length;
    await this.page.keyboard.type(text);
  }

  /** Digits, one after the other, slower than any reader types. */
  async number(digits: string): Promise<void> {
    this.keys += digits.length;
    await this.page.keyboard.type(digits, { delay: 40 });
  }

  /** Pulls the trigger of a reader that types what it reads. */
  async scan(...lines: string[]): Promise<void> {
    this.keys += 1;
    await wedge(this.page, ...lines);
  }

  /** The field that has the cursor. */
  async at(): Promise<string> {
    return await this.page.evaluate(() => {
      const holder = document.activeElement?.closest<HTMLElement>('[data-field]');
      return holder?.dataset.field ?? '';
    });
  }

  /** Waits until a field has the cursor. */
  async arrives(...fields: string[]): Promise<void> {
    const message = `the cursor goes to ${fields.join(' or ')}`;
    await expect.poll(async () => fields.indexOf(await this.at()), { message, intervals: [20] }).not.toBe(-1);
  }

  /** Enter, field after field, until this one has the cursor. */
  async enterTo(field: string): Promise<void> {
    for (let presses = 0; presses < 24; presses += 1) {
      if ((await this.at()) === field) return;
      await this.press('Enter');
    }
    throw new Error(`Enter does not lead to ${field}; the cursor is in ${await this.at()}`);
  }

  /** The lines that a field offers now. */
  offered(): Locator {
    return this.page.locator('li[role=option]:visible');
  }

  /** Chooses a procedure by what a clerk types of it, and waits for where the cursor goes. */
  async choose(typed: string, title: string): Promise<void> {
    await this.type(typed);
    await expect(this.offered().first()).toContainText(title);
    await this.press('Enter');
    await expect(this.page.getByTestId('procedure-chosen')).toContainText(title);
  }

  /** The usual state for every paper of the checklist, from the row that has the cursor. */
  async papers(): Promise<void> {
    while ((await this.at()).startsWith('papers.')) {
      await this.press(' ');
      await this.press('Enter');
    }
  }

  /** Opens the newest filing of the list. */
  async openNewest(): Promise<void> {
    const { page } = this;
    await this.press('Alt+3');
    await expect(page.getByTestId('filings-find')).toBeFocused();
    const newest = page.getByTestId('filings').locator('tbody tr').first();
    await expect(newest).toBeVisible();
    await this.press('ArrowDown');
    await expect(newest).toBeFocused();
    await this.press('Enter');
    await expect(page.getByTestId('opened-filing')).toBeVisible();
  }

  /** Ctrl+Enter, and the number that is on the receipt. */
  async receive(): Promise<string> {
    await this.press('Control+Enter');
    const code = this.page.getByTestId('received-code');
    await expect(code).toHaveText(/-\d{4,}$/);
    await expect(this.page.getByTestId('procedure')).toBeFocused();
    return await code.innerText();
  }
}

/** Sends a text as a reader does that types: all keys within milliseconds into whatever has the cursor, then Enter. */
export async function wedge(page: Page, ...lines: string[]): Promise<void> {
  await page.evaluate(
    async ({ lines, quiet }) => {
      // A reader needs its moment after the last key of a person.
      await new Promise((done) => setTimeout(done, 60));
      const press = (key: string) => {
        const at = document.activeElement ?? document.body;
        const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
        if (!at.dispatchEvent(event) || key === 'Enter') return;
        if (at instanceof HTMLInputElement) {
          at.setRangeText(key, at.selectionStart ?? 0, at.selectionEnd ?? 0, 'end');
          at.dispatchEvent(new InputEvent('input', { bubbles: true, data: key }));
        }
      };
      for (const line of lines) [...line, 'Enter'].forEach(press);
      // An Enter within this time is still taken for the reader's own; no hand is so fast.
      await new Promise((done) => setTimeout(done, quiet));
    },
    { lines, quiet: lineMs + 10 },
  );
}
