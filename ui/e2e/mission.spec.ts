import { expect, test } from '@playwright/test';
import { wedge } from './clerk';
import { cutOff, open, real, signIn, violations } from './world';

const passport = [
  'P<D<<MUELLER<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<<',
  'C01X0006H1D<<8208123F3012316<<<<<<<<<<<<<<00',
];

test.beforeEach(() => {
  test.skip(!real, 'a mission with its own procedures, days and money');
});

test('a visa goes from the passport in the reader to a receipt in two languages, in English and without a mouse', async ({
  page,
}) => {
  await open(page, 'mission', { language: 'en' });
  await signIn(page);
  const papers: unknown[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/cmd/receipt_preview'))
      papers.push((request.postDataJSON() as { paper: unknown }).paper);
  });
  await page.keyboard.type('visa notice');
  const first = page.getByRole('option').first();
  await expect(first).toContainText('Visa for a foreigner');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('field-applicant.name')).toBeFocused();
  await expect(page.getByTestId('field-applicant.identity.passport'), 'the passport first').toBeVisible();
  await wedge(page, ...passport);
  await expect(page.getByTestId('field-applicant.name')).toHaveValue(/MUELLER ANNA MARIA/);
  await expect(page.getByTestId('field-applicant.identity.passport')).toHaveValue('C01X0006H');
  await expect(page.getByRole('main'), 'nothing of it was checked by an office').toContainText(
    /not.*checked/i,
  );

  await page.getByTestId('field-applicant.address').fill('Invalidenstraße 1, Berlin');
  const own = (field: string) => page.getByTestId(`field-fields.${field}`);
  await expect(own('passport_no'), 'typed once').toHaveValue('C01X0006H');
  await expect(own('nationality')).toHaveValue('DEU');
  await page.locator('[data-field=cases]').nth(1).focus();
  await page.keyboard.press(' ');
  for (const row of await page.locator('[data-paper-row]').all()) {
    await row.focus();
    await page.keyboard.press(' ');
  }
  await expect(page.getByRole('main')).toContainText('50,00 USD');
  await expect(page.getByTestId('due-date')).toBeVisible();
  await expect.poll(() => papers.at(-1), 'two languages fill a sheet of A4').toBe('a4');
  expect(await violations(page)).toEqual([]);
  expect(await cutOff(page)).toEqual([]);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('received')).toContainText('MUELLER ANNA MARIA');
  expect(await violations(page)).toEqual([]);
});

test('an open fee of a mission is asked for in its own money, and its cents are kept', async ({ page }) => {
  await open(page, 'mission', { language: 'en' });
  await signIn(page);
  await page.keyboard.type('LS-29');
  await expect(page.getByRole('option').first()).toContainText('LS-29');
  await page.keyboard.press('Enter');
  const amount = page.getByTestId('field-fee.amount');
  await expect(page.getByLabel('Amount (USD)')).toBeVisible();
  await amount.fill('12.50');
  await amount.press('Tab');
  await expect(amount).toHaveValue('12.50');
  await expect(page.getByRole('main')).toContainText('12,50 USD');
});

test('the office page of a mission shows the host’s and Vietnam’s days, and its time zone', async ({
  page,
}) => {
  await open(page, 'mission', { language: 'en', theme: 'dark', zoom: 200 });
  await signIn(page);
  await page.keyboard.press('Alt+8');
  const calendar = page.getByTestId('calendar');
  await expect(calendar).toContainText('Europe/Berlin');
  await expect(calendar).toContainText('Day of German Unity');
  await expect(calendar).toContainText('24/11');
  await expect(page.getByTestId('host-missing')).toHaveCount(0);
  await page.getByTestId('documents').scrollIntoViewIfNeeded();
  expect(await violations(page)).toEqual([]);
  expect(await cutOff(page)).toEqual([]);
});
