import { expect, test, type Page } from '@playwright/test';
import { fitWindow, openGallery } from './pictures';

/**
 * Capitals with two marks are never clipped. Every word of the gallery becomes NGUYỄN THỊ ỪNG; its ink (what of the
 * picture changes when the letters are made transparent) must reach as high and as low as the same letters do where
 * nothing can clip them.
 */
const name = 'NGUYỄN THỊ ỪNG';
/** The same marks for the cells of a table, which cut long words with an ellipsis. */
const short = 'ỄỊỪ';

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

interface Slot extends Box {
  id: string;
  /** The component, state and element, for whoever reads a failure. */
  what: string;
  /** Slots that could be taken for each other are looked at in different passes. */
  pass: number;
  text: string;
  font: string;
}

/** Writes the name wherever words are shown or taken. */
async function write(page: Page, scope: string): Promise<void> {
  await page.evaluate(
    ({ scope, name, short }) => {
      const holders = new Set<HTMLElement>();
      for (const place of document.querySelectorAll(scope)) {
        const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          const holder = node.parentElement;
          // A place for digits never holds a name, and what is only heard has no ink.
          if (!holder || !/\p{L}/u.test(node.nodeValue ?? '')) continue;
          if (holder.closest('.unseen, option, textarea, .state > .note:first-child')) continue;
          node.nodeValue = holders.has(holder) ? '' : holder.closest('td, th') ? short : name;
          holders.add(holder);
        }
        for (const taker of place.querySelectorAll<HTMLInputElement>(
          'input:not([type=radio], [type=checkbox]), textarea',
        )) {
          taker.value = name;
          holders.add(taker);
        }
        for (const list of place.querySelectorAll('select')) {
          for (const option of list.options) option.text = name;
          holders.add(list);
        }
      }
      [...holders].forEach((holder, index) => {
        holder.dataset.ink = `${scope.length}-${index}`;
        if (!holder.matches('input, select, textarea')) holder.style.whiteSpace = 'nowrap';
      });
    },
    { scope, name, short },
  );
}

/** The slots as they stand now, each in a pass with none that it touches. */
async function slots(page: Page, scope: string): Promise<Slot[]> {
  return await page.evaluate(
    ({ scope, name, short }) => {
      const found: Slot[] = [];
      for (const holder of document.querySelectorAll<HTMLElement>(`:is(${scope}) [data-ink]`)) {
        const range = document.createRange();
        range.selectNodeContents(holder);
        const own = holder.matches('input, select, textarea') ? holder : range;
        const box = own.getBoundingClientRect();
        if (box.width === 0 || box.height === 0) continue;
        const style = getComputedStyle(holder);
        const size = parseFloat(style.fontSize);
        const [x, y] = [box.x, box.y - 0.3 * size];
        const [width, height] = [box.width, box.height + 0.6 * size];
        const touching = found.filter(
          (one) => one.x < x + width && x < one.x + one.width && one.y < y + height && y < one.y + one.height,
        );
        let pass = 0;
        while (touching.some((one) => one.pass === pass)) pass += 1;
        const component = holder.closest<HTMLElement>('[data-shelf]')?.dataset.shelf ?? 'Layer';
        const state = holder.closest<HTMLElement>('[data-state]')?.dataset.state ?? 'open';
        const classes = [...holder.classList].filter((one) => !one.startsWith('svelte-')).join('.');
        found.push({
          id: holder.dataset.ink!,
          what: `${component}, ${state}: ${holder.tagName.toLowerCase()}${classes && `.${classes}`}`,
          ...{ x, y, width, height, pass },
          text: holder.closest('td, th') ? short : name,
          font: `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`,
        });
      }
      return found;
    },
    { scope, name, short },
  );
}

/** How many rows of pixels the ink of each box spans: what differs between the two pictures. 0 = no ink. */
async function inkRows(table: Page, on: Buffer, off: Buffer, boxes: Box[]): Promise<number[]> {
  return await table.evaluate(
    async ({ on, off, boxes }) => {
      const read = async (png: string) => {
        const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
        const pen = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
        pen.drawImage(bitmap, 0, 0);
        return pen.getImageData(0, 0, bitmap.width, bitmap.height);
      };
      const [a, b] = [await read(on), await read(off)];
      return boxes.map((box) => {
        let [top, bottom] = [Infinity, -Infinity];
        for (let y = Math.max(0, Math.floor(box.y)); y < Math.min(a.height, box.y + box.height); y += 1) {
          for (let x = Math.max(0, Math.floor(box.x)); x < Math.min(a.width, box.x + box.width); x += 1) {
            const at = 4 * (y * a.width + x);
            const inked = [0, 1, 2].some((one) => Math.abs(a.data[at + one]! - b.data[at + one]!) > 24);
            if (!inked) continue;
            [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
          }
        }
        return bottom < top ? 0 : bottom - top + 1;
      });
    },
    { on: on.toString('base64'), off: off.toString('base64'), boxes },
  );
}

/** How many rows the same letters span where there is nothing around them. */
async function freeRows(page: Page, asked: { text: string; font: string }[]): Promise<number[]> {
  return await page.evaluate((asked) => {
    const pen = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!;
    const known = new Map<string, number>();
    const measure = (text: string, font: string) => {
      pen.canvas.width = 900;
      pen.canvas.height = 240;
      pen.font = font;
      pen.fillText(text, 10, 120);
      const { data } = pen.getImageData(0, 0, 900, 240);
      const rows = Array.from({ length: 240 }, (_, y) => y).filter((y) =>
        Array.from({ length: 900 }, (_, x) => data[4 * (y * 900 + x) + 3]!).some((alpha) => alpha > 64),
      );
      return rows.at(-1)! - rows[0]! + 1;
    };
    return asked.map(({ text, font }) => {
      const key = `${text} ${font}`;
      if (!known.has(key)) known.set(key, measure(text, font));
      return known.get(key)!;
    });
  }, asked);
}

/** What is clipped, as sentences; and how many slots were looked at. */
async function clipped(page: Page, scope: string): Promise<{ seen: number; found: string[] }> {
  const all = await slots(page, scope);
  const free = await freeRows(page, all);
  const table = await page.context().newPage();
  await page.bringToFront();
  const on = await page.screenshot();
  const found: string[] = [];
  for (let pass = 0; pass <= Math.max(...all.map((slot) => slot.pass)); pass += 1) {
    const mine = all.filter((slot) => slot.pass === pass);
    const selector = mine.map((slot) => `[data-ink='${slot.id}']`).join(', ');
    const hidden = await page.addStyleTag({
      content: `${selector} { -webkit-text-fill-color: transparent !important; }`,
    });
    const rows = await inkRows(table, on, await page.screenshot(), mine);
    await hidden.evaluate((element) => (element as HTMLElement).remove());
    mine.forEach((slot, index) => {
      const whole = free[all.indexOf(slot)]!;
      // One row may be lost where a letter begins between two pixels.
      if (rows[index]! < whole - 1) found.push(`${slot.what}: ${rows[index]} of ${whole} rows of ink`);
    });
  }
  await table.close();
  return { seen: all.length, found };
}

const flat = '[data-state]';
const layer = 'dialog[open]';

for (const zoom of [100, 200]) {
  test(`no control clips the marks of ${name} at ${zoom} %`, async ({ page }) => {
    await openGallery(page, 'light', zoom);
    await write(page, flat);
    await fitWindow(page);
    const { seen, found } = await clipped(page, flat);
    expect(seen, 'every component has words').toBeGreaterThan(100);
    expect(found).toEqual([]);
    await page.getByTestId('open-layer').click();
    await page.locator(layer).waitFor();
    await write(page, layer);
    expect((await clipped(page, layer)).found).toEqual([]);
  });
}

/** The fault of careless style sheets: a line as high as its letters, and what sticks out is hidden. */
const tight = 'line-height: 1 !important; overflow: hidden !important;';
const faults = [
  { css: `.hold > button .words { display: block; ${tight} }`, seen: /^Button, rest: span\.words/ },
  { css: `.field label { ${tight} }`, seen: /^Field, rest: label/ },
  { css: `.chip > span { display: block; ${tight} }`, seen: /^Chip, rest: span/ },
  { css: `.banner p { ${tight} }`, seen: /^Banner, wrong: p/ },
  {
    css: `select { height: 1em !important; min-height: 0 !important; padding: 0 !important; }`,
    seen: /select/,
  },
  {
    css: `input { height: 1em !important; min-height: 0 !important; padding: 0 !important; }`,
    seen: /input/,
  },
];

test('a control that clips them is found', async ({ page }) => {
  await openGallery(page, 'light', 100);
  await write(page, flat);
  for (const { css, seen } of faults) {
    const fault = await page.addStyleTag({ content: css });
    await fitWindow(page);
    const { found } = await clipped(page, flat);
    expect(
      found.some((one) => seen.test(one)),
      css,
    ).toBe(true);
    await fault.evaluate((element) => (element as HTMLElement).remove());
  }
});
