import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { compare, cut, fitWindow, lay, lookAt, openGallery, shelves, verdict } from './pictures';

/**
 * Every component in its states is as it was when someone last looked at it. A wanted change renews the pictures:
 * `npm run gallery:update`, then look at what it changed.
 */
const folder = join(import.meta.dirname, 'gallery');

const themes = ['light', 'dark', 'contrast'] as const;
const zooms = [100, 200] as const;

const file = (component: string, look: string) => `${component.toLowerCase()}-${look}.png`;

/** What differs from the kept pictures, as sentences. */
async function differences(page: Page, look: string, keep?: (name: string, png: string) => void) {
  const table = await page.context().newPage();
  const found: string[] = [];
  const seen = new Set<string>();
  for (const { picture, strips } of await lookAt(page)) {
    await lay(table, picture);
    for (const strip of strips) {
      seen.add(file(strip.name, look));
      const name = file(strip.name, look);
      if (!existsSync(join(folder, name))) {
        found.push(`${name} is not kept yet: npm run gallery:update`);
        continue;
      }
      const kept = readFileSync(join(folder, name)).toString('base64');
      const difference = await compare(table, kept, strip);
      const said = verdict(name, difference);
      if (!said) continue;
      found.push(said);
      if (difference.picture) keep?.(name, difference.picture);
    }
  }
  await table.close();
  const kept = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(`-${look}.png`)) : [];
  found.push(...kept.filter((name) => !seen.has(name)).map((name) => `${name} is of no component any more`));
  return found;
}

async function renew(page: Page, look: string) {
  const table = await page.context().newPage();
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) if (name.endsWith(`-${look}.png`)) rmSync(join(folder, name));
  for (const { picture, strips } of await lookAt(page)) {
    await lay(table, picture);
    for (const strip of strips) {
      writeFileSync(join(folder, file(strip.name, look)), await cut(table, strip));
    }
  }
  await table.close();
}

for (const theme of themes) {
  for (const zoom of zooms) {
    test(`every component looks as it did, ${theme} at ${zoom} %`, async ({ page }, info) => {
      const look = `${theme}-${zoom}`;
      await openGallery(page, theme, zoom);
      if (['all', 'changed'].includes(info.config.updateSnapshots)) await renew(page, look);
      const found = await differences(page, look, (name, png) => {
        writeFileSync(info.outputPath(name), Buffer.from(png, 'base64'));
      });
      expect(found).toEqual([]);
    });
  }
}

/** Faults that a careless change could bring, and a component in which each must be seen. */
const faults = [
  { name: 'sharp corners', css: '* { --radius: 0; }', seen: 'button' },
  { name: 'a button 4 px higher', css: '.hold > button { padding-block: 0.4375rem; }', seen: 'button' },
  { name: 'another accent', css: '* { --accent: #0a6a77; }', seen: 'choice' },
  { name: 'muted words in the colour of text', css: '* { --muted: var(--text); }', seen: 'timeline' },
  { name: 'no ring on what has the focus', css: '* { outline: none !important; }', seen: 'field' },
  { name: 'no ground under the pointer', css: 'tr td { background: none !important; }', seen: 'table' },
  { name: 'signs gone', css: '.icon { visibility: hidden; }', seen: 'banner' },
  { name: 'words one size smaller', css: '.words p { font-size: 0.875rem; }', seen: 'personcard' },
  { name: 'the hatching of days off gone', css: 'li.off { background: none !important; }', seen: 'duestrip' },
  { name: 'a soft edge', css: 'input, textarea { border-color: var(--line) !important; }', seen: 'combobox' },
];

test('planted faults are seen, each in its component', async ({ page }) => {
  await openGallery(page, 'light', 100);
  const [flat] = await lookAt(page);
  const table = await page.context().newPage();
  for (const { name, css, seen } of faults) {
    await page.bringToFront();
    const fault = await page.addStyleTag({ content: css });
    await fitWindow(page);
    const now = await shelves(page);
    const strip = now.strips.find((one) => one.name.toLowerCase() === seen)!;
    await lay(table, now.picture);
    const kept = readFileSync(join(folder, file(strip.name, 'light-100'))).toString('base64');
    expect.soft(verdict(seen, await compare(table, kept, strip)) ?? 'nothing seen', name).toContain(seen);
    await fault.evaluate((element) => (element as HTMLElement).remove());
  }
  await page.bringToFront();
  await fitWindow(page);
  expect((await shelves(page)).strips, 'without the faults all is as it was').toEqual(flat!.strips);
});

test('words that are smoothed in another way are no fault', async ({ page }) => {
  await openGallery(page, 'light', 100);
  // Strokes a little fatter than they were kept: what another rasteriser's gamma does to them.
  await page.addStyleTag({ content: '* { -webkit-text-stroke: 0.04px; }' });
  expect(await differences(page, 'light-100')).toEqual([]);
});
