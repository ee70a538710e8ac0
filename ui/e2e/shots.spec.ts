import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { bring, states } from './shots';
import { tours } from './tours';
import { cutOff, open, real } from './world';

/**
 * Every state of the receive page and every other place, walked through: nothing may be cut off. With ONEDOOR_PICTURES=1
 * each is also pictured for a person to look at, in both languages, three themes and two sizes, into target/ui-pictures.
 */
const wanted = Boolean(process.env.ONEDOOR_PICTURES);
const folder = join(import.meta.dirname, '../../target/ui-pictures');
const languages = wanted ? (['vi', 'en'] as const) : (['vi'] as const);
const themes = ['light', 'dark', 'contrast'] as const;
const sizes = [100, 200] as const;

test.skip(!real, 'needs the real desk behind the page');

/** Answers that the page asks for while it is closed are nobody's. */
test.afterEach(async ({ page }) => await page.unrouteAll({ behavior: 'ignoreErrors' }));

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

/** Pictured as large as it is read: left to itself the browser answers with one pixel for each css px. */
async function picture(page: Page, name: string, percent: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const [width, height] = await page.evaluate(() => [window.innerWidth, window.innerHeight] as const);
  const clip = { x: 0, y: 0, width, height, scale: percent / 100 };
  const { data } = await session.send('Page.captureScreenshot', { format: 'png', clip });
  writeFileSync(join(folder, name), Buffer.from(data, 'base64'));
}

/** Looks at the page as it stands, in every size and theme that is wanted; `from` comes to the top of the window. */
async function look(page: Page, name: string, from?: string): Promise<void> {
  if (wanted) mkdirSync(folder, { recursive: true });
  await page.evaluate(async () => {
    await document.fonts.ready;
    document.getAnimations().forEach((one) => one.finish());
  });
  for (const percent of sizes) {
    await size(page, percent);
    if (from)
      await page
        .locator(from)
        .first()
        .evaluate((element) => element.scrollIntoView());
    expect.soft(await cutOff(page), `${name} at ${percent} %`).toEqual([]);
    for (const theme of wanted ? themes : []) {
      await page.evaluate((theme) => (document.documentElement.dataset.theme = theme), theme);
      await picture(page, `${name}-${theme}-${percent}.png`, percent);
    }
  }
  await size(page, 100);
}

for (const [name, state] of Object.entries(states)) {
  for (const language of languages) {
    test(`the receive page, ${name}, in ${language}: nothing is cut off at either size`, async ({ page }) => {
      await open(page, 'demo', { language });
      await bring(page, state);
      await look(page, `${name}-${language}`);
    });
  }
}

for (const [name, { world, stops }] of Object.entries(tours)) {
  for (const language of languages) {
    test(`a walk, ${name}, in ${language}: nothing is cut off at either size`, async ({ page }) => {
      test.slow();
      await open(page, world, { language });
      for (const [stop, { go, see, from }] of Object.entries(stops)) {
        await test.step(stop, async () => {
          await go(page);
          await expect(page.locator(see).first()).toBeVisible();
          await look(page, `${stop}-${language}`, from);
        });
      }
    });
  }
}
