import { expect, test, type Page } from '@playwright/test';
import type { DraftView, SyncState } from '../src/lib/host/api.gen';
import { ask, cutOff, open, real, signIn, typeFiling, violations } from './world';

test.skip(!real, 'only a real desk has a disk');

/** Answers that the page asks for while it is closed are nobody's. */
test.afterEach(async ({ page }) => {
  await disk(page, 'free');
  await page.unrouteAll({ behavior: 'ignoreErrors' });
});

/** No file of the desk takes a byte more, or all do again. */
async function disk(page: Page, state: 'full' | 'free'): Promise<void> {
  expect((await page.request.post(`/test/disk/${state}`)).ok()).toBe(true);
}

/** The kernel refuses here although there is room: the figure is that of a disk that is full. */
async function littleIsFree(page: Page): Promise<void> {
  await page.route('**/cmd/sync_state', async (route) => {
    const state = (await (await route.fetch()).json()) as SyncState;
    const full = state.disk && { ...state.disk, free: '3100000' };
    await route.fulfill({ json: { ...state, disk: full } });
  });
}

test('a full disk loses nothing that was typed: it is said on every page, and with room the same key goes through', async ({
  page,
}) => {
  await littleIsFree(page);
  await open(page, 'demo');
  await signIn(page);
  await typeFiling(page, 'Rơ Châm Ưng');
  await expect(page.getByTestId('draft-kept')).toContainText('Đã giữ');
  await disk(page, 'full');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('receive-error')).toContainText('bấm lại đúng phím vừa rồi');
  const banner = page.getByTestId('disk');
  await expect(banner).toContainText('Còn trống 3,1 MB, cần khoảng 67,1 MB');
  await expect(banner).toContainText('vẫn an toàn trên máy này');

  const paper = page.locator('[data-paper-row]').first();
  await paper.press('3');
  const copies = JSON.stringify((await ask<DraftView>(page, 'draft_get', {})).values.papers[0]);
  await expect(page.getByTestId('draft-kept')).toContainText('Chưa giữ được trên đĩa');
  await expect(page.getByTestId('disk-draft')).toContainText('đừng tắt máy');
  await expect(page.getByTestId('status-disk')).toContainText('nháp chưa giữ');
  expect(await violations(page)).toEqual([]);
  expect(await cutOff(page)).toEqual([]);
  await page.getByTestId('switch-user').press('Enter');
  await expect(page.getByTestId('disk-draft'), 'nobody else signs in over what is not kept').toBeVisible();
  await expect(paper).toBeVisible();
  for (const place of ['Alt+3', 'Alt+6', 'Alt+8', 'Alt+1']) {
    await page.keyboard.press(place);
    await expect(banner, place).toBeVisible();
  }
  await expect(page.locator('[data-section=person]')).toContainText('Rơ Châm Ưng');

  await disk(page, 'free');
  await expect(banner, 'it goes by itself').toHaveCount(0);
  await expect(page.getByTestId('status-disk')).toHaveCount(0);
  await expect(page.getByTestId('receive-error')).toHaveCount(0);
  await expect(page.getByTestId('draft-kept')).toContainText('Đã giữ');
  const kept = (await ask<DraftView>(page, 'draft_get', {})).values;
  expect(kept.papers[0]?.state, 'what the disk refused is kept now').toBe('certified');
  expect(JSON.stringify(kept.papers[0])).not.toBe(copies);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('received-code')).toHaveText(/-\d{4,}$/);
});

test('a disk that refuses although it has room is said so in English, at 200 %, and axe finds nothing', async ({
  page,
}) => {
  await open(page, 'demo', { language: 'en', zoom: 200 });
  await signIn(page);
  await disk(page, 'full');
  await page.keyboard.type('thuong tru');
  await expect(page.getByRole('option').first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('disk')).toContainText(/MB are free/);
  await expect(page.getByTestId('disk')).toContainText('press the same key again');
  expect(await violations(page)).toEqual([]);
  expect(await cutOff(page)).toEqual([]);
});
