import { expect, type Page } from '@playwright/test';
import { Clerk, wedge } from './clerk';
import { signIn } from './world';

/** The states of the receive page: how a clerk comes to each, and what is there then. */
export interface State {
  go: (page: Page, clerk: Clerk) => Promise<void>;
  see: string;
}

const field = (page: Page, name: string) => page.locator(`[data-field="${name}"]`).first();

const card =
  '066185001235|241234567|NGUYỄN THỊ ỪNG|05031985|Nữ|Buôn Tring, Ea Tul, Cư M’gar, Đắk Lắk|12082021';

async function choose(page: Page, clerk: Clerk, typed: string): Promise<void> {
  await page.keyboard.type(typed);
  await expect(clerk.offered().first()).toBeVisible();
  if ((await clerk.offered().first().innerText()).includes('Alt')) {
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('procedure-all')).toBeHidden();
    await expect(clerk.offered().first()).toContainText(typed);
  }
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('procedure-chosen')).toBeVisible();
}

async function person(page: Page): Promise<void> {
  await field(page, 'applicant.name').fill('NGUYỄN THỊ ỪNG');
  await field(page, 'applicant.birth').fill('05/03/1985');
  await field(page, 'applicant.id_number').fill('066185001235');
  await field(page, 'applicant.address').fill('Buôn Tring, xã Ea Tul, tỉnh Đắk Lắk');
  await field(page, 'applicant.phone').fill('0905111222');
}

/** A procedure chosen, and a person in it whose line is folded. */
async function filled(page: Page, clerk: Clerk, typed: string): Promise<void> {
  await choose(page, clerk, typed);
  await person(page);
  await page.locator('[data-paper-row]').first().focus();
  await expect(page.getByTestId('receipt-sheet').locator('img')).toBeAttached();
}

export const states: Record<string, State> = {
  idle: { go: async () => {}, see: '[data-testid=last-filings]' },
  'picker-offered': {
    go: async (page) => await page.keyboard.type('ho'),
    see: 'li[role=option]',
  },
  'picker-all': {
    go: async (page) => {
      await page.keyboard.type('giam ho');
      await page.keyboard.press('Alt+ArrowDown');
      await expect(page.getByTestId('procedure-all')).toBeHidden();
    },
    see: 'li[role=option]',
  },
  chosen: { go: async (page, clerk) => await choose(page, clerk, 'thtr'), see: '[data-paper-row]' },
  filled: {
    go: async (page, clerk) => {
      await filled(page, clerk, 'ct07');
      await clerk.papers();
      await field(page, 'fields.content').fill('Xác nhận nơi cư trú');
      await page.locator('[data-section=give_back] button').press('Enter');
    },
    see: '[data-section=person] .summary',
  },
  warnings: {
    go: async (page, clerk) => {
      await choose(page, clerk, 'thtr');
      await field(page, 'applicant.name').fill('NGUYỄN THỊ ỪNG');
      await field(page, 'applicant.birth').fill('05/03/1999');
      await page.getByTestId('field-applicant.sex-male').check();
      await field(page, 'applicant.id_number').fill('066185001235');
      await field(page, 'applicant.address').fill('Buôn Tring, xã Ea Tul, tỉnh Đắk Lắk');
      await field(page, 'applicant.id_number').focus();
    },
    see: '.warning',
  },
  problems: {
    go: async (page, clerk) => {
      await choose(page, clerk, 'thtr');
      await field(page, 'applicant.birth').fill('31/02/1990');
      await field(page, 'applicant.id_number').fill('06615');
      await page.keyboard.press('Control+Enter');
    },
    see: '[data-testid=wrong-count]',
  },
  'unread-term': {
    go: async (page, clerk) => {
      await filled(page, clerk, '1.001381');
      await field(page, 'term').focus();
    },
    see: '[data-section=term] .stack',
  },
  cases: {
    go: async (page, clerk) => {
      await choose(page, clerk, 'ks');
      await person(page);
      await field(page, 'cases').focus();
      await page.keyboard.press('3');
    },
    see: '[data-section=case] [type=checkbox]',
  },
  'own-fields': {
    go: async (page, clerk) => {
      await filled(page, clerk, 'ks');
      await field(page, 'fields.child_name').fill('NGUYỄN ỪNG ỄN');
      await field(page, 'fields.mother.name').focus();
    },
    see: '[data-field="fields.mother.name"]',
  },
  'fee-exemption': {
    go: async (page, clerk) => {
      await filled(page, clerk, '1.010038');
      await page.locator('[data-section=fee] button[aria-expanded=false]').press('Enter');
      await field(page, 'fee.exemption').focus();
      await page.keyboard.press('ArrowDown');
    },
    see: '[data-section=fee] li[role=option]',
  },
  'slip-layer': {
    go: async (page, clerk) => {
      await filled(page, clerk, 'ks');
      await page.keyboard.press('Alt+b');
      await expect(page.getByTestId('slip').locator('img')).toBeVisible();
    },
    see: '[data-testid=slip]',
  },
  'guidance-layer': {
    go: async (page, clerk) => {
      await choose(page, clerk, 'ks');
      await page.keyboard.press('Alt+g');
    },
    see: '[data-testid=guidance] img',
  },
  'pads-layer': {
    go: async (page) => {
      await page.getByTestId('pads-act').press('Enter');
      await page.keyboard.press('Control+Enter');
      await page.getByTestId('pads-list').locator('tbody tr').first().press('Enter');
    },
    see: '[name=pad-reason]',
  },
  'pad-typed-in': {
    go: async (page, clerk) => {
      await page.getByTestId('pads-act').press('Enter');
      await page.keyboard.press('Control+Enter');
      await expect(page.getByTestId('pads-list').locator('tbody tr').first()).toBeVisible();
      await page.keyboard.press('Escape');
      await page.getByTestId('pad-later').press('Enter');
      await choose(page, clerk, 'ct07');
    },
    see: '[data-section=pad] input',
  },
  're-key': {
    go: async (page) => {
      await page.keyboard.press('Alt+3');
      await page.locator('[data-testid=filings] tbody tr').first().press('Enter');
      await page.getByTestId('rekey-open').press('Enter');
    },
    see: '[data-testid=rekey] [data-row]',
  },
  received: {
    go: async (page, clerk) => {
      await filled(page, clerk, 'ct07');
      await clerk.papers();
      await page.keyboard.press('Control+Enter');
      await expect(page.getByTestId('receipt-sheet').locator('img')).toBeAttached();
    },
    see: '[data-testid=received-code]',
  },
  'on-behalf': {
    go: async (page, clerk) => {
      await choose(page, clerk, 'thtr');
      await person(page);
      await page.keyboard.press('Alt+n');
      await field(page, 'behalf.submitter.name').fill('TRẦN THỊ ỄNH');
      await field(page, 'behalf.authority').focus();
    },
    see: '[data-field="behalf.authority"]',
  },
  'old-address': {
    go: async (page, clerk) => {
      await choose(page, clerk, 'thtr');
      await wedge(page, card);
    },
    see: '[data-testid="applicant.address-old"]',
  },
  'scan-mismatch': {
    go: async (page, clerk) => {
      await choose(page, clerk, 'thtr');
      await wedge(page, card.replace('NGUYỄN THỊ ỪNG', 'NguyeenX ThiJ UwngF'));
    },
    see: '[data-testid=read-refused]',
  },
};

/** Signs in on the opened window and brings the page into a state. */
export async function bring(page: Page, state: State): Promise<void> {
  await signIn(page);
  await state.go(page, new Clerk(page));
  await expect(page.locator(state.see).first()).toBeVisible();
}
