import { expect, type Page } from '@playwright/test';
import { wedge } from './clerk';
import { ask, signIn, type World } from './world';
import type { DeskCounts } from '../src/lib/host/api.gen';

/** A place on a walk: how one comes there from the stop before, and what is there then. */
export interface Stop {
  go: (page: Page) => Promise<void>;
  see: string;
  /** What the picture begins with, where the page is longer than the window. */
  from?: string;
}

/** A walk through one world. */
export interface Tour {
  world: World;
  stops: Record<string, Stop>;
}

const stay = async () => {};
const row = (page: Page, list: string) => page.getByTestId(list).locator('tbody tr').first();
const part = (testid: string): Stop => ({
  go: stay,
  see: `[data-testid=${testid}]`,
  from: `[data-testid=${testid}]`,
});

/** A filing with a paper that no database gave, past the page. */
async function receiveUnreached(page: Page): Promise<void> {
  await page.keyboard.type('1.010041');
  await expect(page.getByRole('option').first()).toContainText('1.010041');
  await page.keyboard.press('Enter');
  const field = (name: string) => page.locator(`[data-field="${name}"]`).first();
  await field('applicant.name').fill('NGUYỄN THỊ ỪNG');
  await field('applicant.birth').fill('05/03/1985');
  await field('applicant.address').fill('Buôn Tring, xã Ea Tul, tỉnh Đắk Lắk');
  await page.locator('[data-paper-row]').first().focus();
  await page.keyboard.press('6');
  await page.locator('[data-field$=".reason"]').first().fill('Cơ sở dữ liệu dân cư không trả lời');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('received-code')).toBeVisible();
  const { look_ups } = await ask<DeskCounts>(page, 'desk_counts', {});
  expect(look_ups).toBe(1);
}

/** Every page but the one that receives, world by world. */
export const tours: Record<string, Tour> = {
  'first-start': {
    world: 'first',
    stops: {
      first: { go: stay, see: '[data-testid=first-name]' },
      'first-wrong': {
        go: async (page) => {
          await page.getByTestId('first-name').fill('NGUYỄN THỊ ỪNG');
          await page.getByTestId('first-password').fill('ab');
          await page.keyboard.press('Control+Enter');
        },
        see: '.problem, .banner',
      },
      'recovery-paper': {
        go: async (page) => {
          await page.getByTestId('first-password').fill('mot hai ba bon');
          await page.keyboard.press('Control+Enter');
          await page.getByTestId('recovery-typed').fill('0000');
          await page.keyboard.press('Enter');
        },
        see: '[data-testid=receipt-sheet] img',
      },
    },
  },
  enrol: {
    world: 'enrol',
    stops: {
      'enrol-code': { go: stay, see: '[data-testid=enrol]' },
      'enrol-ticket': {
        go: async (page) => await page.getByRole('radio').last().check(),
        see: '[data-testid=enrol]',
      },
    },
  },
  damaged: { world: 'damaged', stops: { damaged: { go: stay, see: '[data-testid=reference]' } } },
  clock: {
    world: 'clock',
    stops: {
      clock: { go: stay, see: '[data-testid=clock-confirm]' },
      'clock-asked-twice': {
        go: async (page) => {
          await page.getByTestId('field-clock-date').fill('01/01/2020');
          await page.getByTestId('clock-confirm').press('Enter');
        },
        see: '.banner',
      },
    },
  },
  'sign-in': {
    world: 'plain',
    stops: {
      password: {
        go: async (page) => await page.locator('[data-testid^=staff-]').first().press('Enter'),
        see: '[data-testid=password]',
      },
      'password-wrong': {
        go: async (page) => {
          await page.getByTestId('password').fill('khong dung');
          await page.keyboard.press('Enter');
        },
        see: '.problem, .banner',
      },
      recover: {
        go: async (page) => await page.getByTestId('forgot').press('Enter'),
        see: '[data-testid=recovery-code]',
      },
    },
  },
  places: {
    world: 'demo',
    stops: {
      'sign-in': { go: stay, see: '[data-testid^=staff-]' },
      keys: {
        go: async (page) => {
          await signIn(page);
          await page.keyboard.press('F1');
        },
        see: 'dialog[open]',
      },
      find: {
        go: async (page) => {
          await page.keyboard.press('Escape');
          await page.keyboard.press('Control+k');
          await page.getByTestId('field-find').fill('nguyen');
        },
        see: 'dialog[open] [role=option]',
      },
      'find-nothing': {
        go: async (page) => await page.getByTestId('field-find').fill('zzzz'),
        see: 'dialog[open] .nothing',
      },
      person: {
        go: async (page) => {
          await page.getByTestId('field-find').fill('nguyen');
          const people = page.getByRole('option').filter({ hasText: /^\s*(Người|Person)\s/ });
          await people.first().click();
        },
        see: '[data-testid=person-page]',
      },
      filings: {
        go: async (page) => {
          await page.keyboard.press('Escape');
          await page.keyboard.press('Alt+3');
        },
        see: '[data-testid=filings] tbody tr[tabindex]',
      },
      'filings-opened': {
        go: async (page) => await row(page, 'filings').press('Enter'),
        see: '[data-testid=opened-filing] img',
      },
      'filings-overdue': {
        go: async (page) => await page.getByTestId('filter-overdue').click(),
        see: '[data-testid=filings] tbody tr:first-child .late',
      },
      'filings-none': {
        go: async (page) => await page.getByTestId('filings-find').fill('zzzz không có'),
        see: '.empty button',
      },
      'look-ups-none': {
        go: async (page) => {
          await page.getByTestId('filings-find').fill('');
          await page.getByTestId('filter-look_up_later').click();
        },
        see: '.empty button',
      },
      'look-ups': {
        go: async (page) => {
          await page.keyboard.press('Alt+1');
          await receiveUnreached(page);
          await page.getByTestId('look-ups-open').press('Enter');
          await row(page, 'look-ups').press('Enter');
        },
        see: '[data-testid=look-found]',
      },
      'looked-up': {
        go: async (page) => await page.getByTestId('look-found').press('f'),
        see: '[data-testid=looked-up]',
      },
      sync: {
        go: async (page) => await page.keyboard.press('Alt+6'),
        see: '[data-testid=sync-items] tbody tr',
      },
      'sync-items': part('sync-items'),
      'sync-paused': {
        go: async (page) => await page.getByTestId('sync-pause').press('Enter'),
        see: '[data-testid=sync-resume]',
        from: '[data-testid=sync-link]',
      },
      office: { go: async (page) => await page.keyboard.press('Alt+8'), see: '[data-testid=staff-add]' },
      offers: part('offers-find'),
      'offer-opened': {
        go: async (page) => await row(page, 'offers').press('Enter'),
        see: '[data-testid=offer-page]',
        from: '[data-testid=offer-page]',
      },
      calendar: {
        go: async (page) => await page.keyboard.press('Escape'),
        see: '[data-testid=calendar]',
        from: '[data-testid=calendar]',
      },
      'calendar-not-announced': {
        go: async (page) => await page.getByTestId('field-calendar-year-2027').check(),
        see: '[data-testid=calendar-warning]',
        from: '[data-testid=calendar]',
      },
      documents: part('documents'),
      staff: part('staff-add'),
      'staff-new': {
        go: async (page) => await page.getByTestId('staff-add').press('Enter'),
        see: '[data-testid=staff-save]',
        from: '[data-testid=staff-add]',
      },
      bound: {
        go: async (page) => await page.keyboard.press('Escape'),
        see: '[data-testid=bound]',
        from: '[data-testid=bound]',
      },
      'document-wrong': {
        go: async (page) => {
          await page.getByTestId('document-new-units').press('Enter');
          const buffer = Buffer.from('khong phai danh sach\nxã ;; 24\n');
          await page
            .getByTestId('document-file')
            .setInputFiles({ name: 'xa.json', mimeType: 'application/json', buffer });
        },
        see: '[data-testid=document-report]',
      },
    },
  },
  mission: {
    world: 'mission',
    stops: {
      'mission-idle': { go: signIn, see: '[data-testid=last-filings]' },
      'mission-picker': {
        go: async (page) => await page.keyboard.type('visa'),
        see: 'li[role=option]',
      },
      'mission-receive': {
        go: async (page) => {
          await page.keyboard.press('Enter');
          await expect(page.getByTestId('field-applicant.name')).toBeFocused();
          await wedge(
            page,
            'P<D<<MUELLER<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<<',
            'C01X0006H1D<<8208123F3012316<<<<<<<<<<<<<<00',
          );
          await expect(page.getByTestId('receipt-sheet').locator('img')).toBeAttached();
        },
        see: '[data-testid="field-applicant.identity.passport"]',
      },
      'mission-fee': {
        go: async (page) => {
          await page.locator('[data-field=cases]').nth(1).focus();
          await page.keyboard.press(' ');
        },
        see: '[data-section=fee]',
        from: '[data-section=fee]',
      },
      'mission-office': {
        go: async (page) => await page.keyboard.press('Alt+8'),
        see: '[data-testid=staff-add]',
        from: '[data-testid=calendar]',
      },
      'mission-documents': part('documents'),
    },
  },
};
