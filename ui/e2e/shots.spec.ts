import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { bring, states } from './shots';
import { cutOff, open, real } from './world';

/**
 * Every state of the receive page, walked through: nothing may be cut off. With ONEDOOR_PICTURES=1 each is also pictured
 * for a person to look at, in both languages, three themes and two sizes, into target/ui-pictures.
 */
const wanted = Boolean(process.env.ONEDOOR_PICTURES);
const folder = join(import.meta.dirname, '../../target/ui-pictures');
const languages = wanted ? (['vi', 'en'] as const) : (['vi'] as const);
const themes = ['light', 'dark', 'contrast'] as const;
const sizes = [100, 200] as const;

test.skip(!real, 'needs the real desk behind the page');
test.setTimeout(60_000);

/** The window as it is at a size of its letters: at 200 % half as much fits into it. */
async function size(page: Page, percent: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setDeviceMetricsOverride', {
    width: Math.round((1366 * 100) / percent),
    height: Math.round((696 * 100) / percent),
    deviceScaleFactor: percent / 100,
    mobile: false,
  });
  await expect(page.locator('html')).toHaveAttribute('data-room', percent > 179 ? 'narrow' : 'wide');
}

async function picture(page: Page, name: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { format: 'png' });
  writeFileSync(join(folder, name), Buffer.from(data, 'base64'));
}

for (const [name, state] of Object.entries(states)) {
  for (const language of languages) {
    test(`the receive page, ${name}, in ${language}: nothing is cut off at either size`, async ({ page }) => {
      await open(page, 'demo', { language });
      await bring(page, state);
      if (wanted) mkdirSync(folder, { recursive: true });
      await page.evaluate(() => document.fonts.ready);
      for (const percent of sizes) {
        await size(page, percent);
        expect(await cutOff(page)).toEqual([]);
        for (const theme of wanted ? themes : []) {
          await page.evaluate((theme) => (document.documentElement.dataset.theme = theme), theme);
          await picture(page, `${name}-${language}-${theme}-${percent}.png`);
        }
      }
    });
  }
}
