import { expect, test, type Page } from '@playwright/test';
import type { AppState, Salvage, SyncState } from '../src/lib/host/api.gen';
import { cutOff, open, real, signIn, violations } from './world';

/** Answers that the page asks for while it is closed are nobody's. */
test.afterEach(async ({ page }) => await page.unrouteAll({ behavior: 'ignoreErrors' }));

test.skip(!real, 'a desk that lost its identity is played on the way to the page');

/** What the desk says needs attention, put into its own answer. */
async function attention(page: Page, codes: () => string[]): Promise<void> {
  await page.route('**/cmd/sync_state', async (route) => {
    const state = (await (await route.fetch()).json()) as SyncState;
    const items = codes().map((code) => ({ id: code, code, filing: null, params: { n: '7' } }));
    await route.fulfill({ json: { ...state, attention: items } });
  });
}

test('a machine that may not use its numbers says why, and the supervisor enrols it anew from the page', async ({
  page,
}) => {
  let codes = ['store_restored'];
  await attention(page, () => codes);
  const codesAsked: string[] = [];
  await page.route('**/cmd/enrol_by_code', async (route) => {
    const { request } = route.request().postDataJSON() as { request: { code: string } };
    codesAsked.push(request.code);
    codes = ['salvage_waiting'];
    const state = await page.request.post('/cmd/app_state', { data: {} });
    await route.fulfill({ json: (await state.json()) as AppState });
  });
  const listed: Salvage = {
    compared: true,
    lines: 7,
    reissued: 0,
    others: 2,
    filings: [
      {
        filing: 'f-1',
        code: 'H15.50.05.13-261123-1002',
        applicant: 'Nguyễn Thị Ừng',
        received: '2026-11-23T08:10:00',
        hash8: '0a1b2c3d',
        lines: 5,
        same_number: true,
      },
    ],
  };
  await page.route('**/cmd/salvage_list', (route) => route.fulfill({ json: listed }));
  await page.route('**/cmd/salvage_reissue', async (route) => {
    codes = [];
    await route.fulfill({ json: { ...listed, lines: 0, reissued: 7, others: 0, filings: [] } });
  });
  await open(page, 'demo');
  await signIn(page);
  await page.keyboard.press('Alt+6');
  await expect(page.getByTestId('attention')).toContainText('cũ hơn giấy đã in');
  const renewal = page.getByTestId('renewal');
  await expect(renewal.getByTestId('enrol-centre'), 'the centre is known').not.toHaveValue('');
  expect(await violations(page)).toEqual([]);
  expect(await cutOff(page)).toEqual([]);
  await renewal.getByTestId('enrol-code').fill('12345678');
  await renewal.getByTestId('enrol').press('Enter');

  await expect(page.getByTestId('salvage-filings')).toContainText('0a1b2c3d');
  await expect(page.getByTestId('salvage-filings')).toContainText('Trùng số');
  await expect(renewal).toHaveCount(0);
  expect(await violations(page)).toEqual([]);
  expect(await cutOff(page)).toEqual([]);
  expect(codesAsked).toEqual(['12345678']);
  await page.getByTestId('salvage-reissue').press('Enter');
  await expect(page.getByTestId('salvage-done')).toContainText('7');
  await expect(page.getByTestId('salvage')).toHaveCount(0);
});

test('a clerk who may not enrol is told who can', async ({ page }) => {
  await attention(page, () => ['numbers_stopped']);
  await page.route('**/cmd/app_state', async (route) => {
    const state = (await (await route.fetch()).json()) as AppState;
    const session = state.session && {
      ...state.session,
      permissions: state.session.permissions.filter((name) => name !== 'manage_office'),
    };
    await route.fulfill({ json: { ...state, session } });
  });
  await open(page, 'demo');
  await signIn(page);
  await page.reload();
  await expect(page.getByTestId('procedure')).toBeFocused();
  await page.keyboard.press('Alt+6');
  await expect(page.getByTestId('renewal')).toContainText('Lãnh đạo Trung tâm đăng nhập');
  await expect(page.getByTestId('enrol-code')).toHaveCount(0);
});
