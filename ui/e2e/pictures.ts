import { crc32, deflateSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { gallery } from '../playwright.config';
import type { Theme } from '../src/lib/host/api.gen';

export interface Box {
  name: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** One component of the gallery with all its states; boxes in css px of the window. */
export interface Strip extends Box {
  states: Box[];
}

/** Everything that the gallery shows, as one picture (PNG, base64) and where each component stands in it. */
export interface Shown {
  picture: string;
  strips: Strip[];
}

/** What differs: pixels that no anti-aliasing explains, and the states in which they lie. */
export interface Difference {
  size: string;
  pixels: number;
  states: string[];
  /** The new strip with the differing pixels painted over (PNG, base64); empty when nothing differs. */
  picture: string;
}

const still = `*, *::before, *::after { animation: none !important; transition: none !important;
  caret-color: transparent !important; }`;

/** Opens the gallery with a look, so high that all of it is in view. */
export async function openGallery(page: Page, theme: Theme, zoom: number): Promise<void> {
  await page.setViewportSize({ width: 1366, height: 900 });
  await page.goto(`${gallery}?theme=${theme}&zoom=${zoom}&lang=vi`);
  await page.locator('html[data-gallery=ready]').waitFor();
  await page.locator('[data-shelf=ReceiptSheet] img').waitFor();
  await page.addStyleTag({ content: still });
  await fitWindow(page);
}

/** Makes the window as high as what it shows. */
export async function fitWindow(page: Page): Promise<void> {
  const height = await page.evaluate(() => document.querySelector('main')!.scrollHeight);
  await page.setViewportSize({ width: 1366, height });
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(null)))),
  );
}

/** Looks at the whole gallery as it stands, and at the layer, which lies over it. */
export async function lookAt(page: Page): Promise<Shown[]> {
  const flat = await shelves(page);
  await page.getByTestId('open-layer').click();
  await page.locator('dialog[open]').waitFor();
  const layer = await shown(page, 'dialog[open]', 'layer');
  await page.keyboard.press('Escape');
  return [flat, layer];
}

/** Looks at every component but the layer. */
export async function shelves(page: Page): Promise<Shown> {
  return await shown(page, '[data-shelf]', 'shelf');
}

async function shown(page: Page, selector: string, kind: 'shelf' | 'layer'): Promise<Shown> {
  const strips = await page.evaluate(
    ({ selector, kind }) => {
      const box = (element: Element, name: string) => {
        const { x, y, width, height } = element.getBoundingClientRect();
        return { name, x, y, width, height };
      };
      return [...document.querySelectorAll<HTMLElement>(selector)].map((strip) => ({
        ...box(strip, kind === 'layer' ? 'Layer' : (strip.dataset.shelf ?? '')),
        states: [...strip.querySelectorAll<HTMLElement>('[data-state]')].map((state, index) =>
          box(state, `${state.dataset.state} (${index + 1})`),
        ),
      }));
    },
    { selector, kind },
  );
  return { picture: (await page.screenshot()).toString('base64'), strips };
}

/** Lays a picture of the gallery on the table, an empty page where strips are cut from it and compared. */
export async function lay(table: Page, picture: string): Promise<void> {
  await table.evaluate(async (picture) => {
    const png = await (await fetch(`data:image/png;base64,${picture}`)).blob();
    (window as unknown as { laid: ImageBitmap }).laid = await createImageBitmap(png);
  }, picture);
}

/** Steps of a channel in kept pictures: coarse enough for small files, finer than what `compare` asks. */
const levels = 31;

/** A strip of what lies on the table, its colours rounded, as a PNG. */
export async function cut(table: Page, strip: Strip): Promise<Buffer> {
  const { width, height, pixels } = await table.evaluate(
    ({ strip, levels }) => {
      const { laid } = window as unknown as { laid: ImageBitmap };
      const [width, height] = [Math.round(strip.width), Math.round(strip.height)];
      const pen = new OffscreenCanvas(width, height).getContext('2d')!;
      pen.drawImage(laid, -Math.round(strip.x), -Math.round(strip.y));
      const { data } = pen.getImageData(0, 0, width, height);
      const rounded = new Uint8Array(3 * width * height);
      rounded.forEach((_, at) => {
        const value = data[4 * Math.floor(at / 3) + (at % 3)]!;
        rounded[at] = Math.round(Math.round((value * levels) / 255) * (255 / levels));
      });
      let text = '';
      for (let at = 0; at < rounded.length; at += 8192)
        text += String.fromCharCode(...rounded.subarray(at, at + 8192));
      return { width, height, pixels: btoa(text) };
    },
    { strip, levels },
  );
  return png(width, height, Buffer.from(pixels, 'base64'));
}

/**
 * Compares a strip with the kept one, in two ways. A pixel agrees when each of its channels lies within what its 3 × 3
 * neighbours span in the other picture, widened by 16 of 255 and by a third of that span, and the other way round: a
 * stroke that is smoothed otherwise, or drawn a fraction of a pixel elsewhere, agrees; a corner, a line or a step of the
 * 4 px grid does not. A block of 24 × 24 pixels agrees when its mean does, to 4 of 255: so another colour of thin words
 * is seen, which the first way takes for smoothing.
 */
export async function compare(table: Page, kept: string, strip: Strip): Promise<Difference> {
  return await table.evaluate(
    async ({ kept, strip, levels }) => {
      const draw = (from: ImageBitmap, x: number, y: number, width: number, height: number) => {
        const canvas = document.createElement('canvas');
        canvas.width = width;
        canvas.height = height;
        const pen = canvas.getContext('2d', { willReadFrequently: true })!;
        pen.drawImage(from, -x, -y);
        return { canvas, pen, data: pen.getImageData(0, 0, width, height) };
      };
      const { laid } = window as unknown as { laid: ImageBitmap };
      const before = await createImageBitmap(await (await fetch(`data:image/png;base64,${kept}`)).blob());
      const a = draw(before, 0, 0, before.width, before.height);
      const [left, top] = [Math.round(strip.x), Math.round(strip.y)];
      const b = draw(laid, left, top, Math.round(strip.width), Math.round(strip.height));
      const width = Math.min(a.data.width, b.data.width);
      const height = Math.min(a.data.height, b.data.height);
      const slack = 16;
      const within = (one: ImageData, other: ImageData, x: number, y: number) => {
        for (let channel = 0; channel < 3; channel += 1) {
          const value = one.data[4 * (y * one.width + x) + channel]!;
          let low = 255;
          let high = 0;
          for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v += 1) {
            for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u += 1) {
              const near = other.data[4 * (v * other.width + u) + channel]!;
              if (near < low) low = near;
              if (near > high) high = near;
            }
          }
          const span = slack + (high - low) / 3;
          if (value < low - span || value > high + span) return false;
        }
        return true;
      };
      const differing: [number, number][] = [];
      const side = 24;
      const across = Math.ceil(width / side);
      const sums = new Float64Array(3 * across * Math.ceil(height / side));
      for (let y = 0; y < height; y += 1) {
        for (let x = 0; x < width; x += 1) {
          const [p, q] = [4 * (y * a.data.width + x), 4 * (y * b.data.width + x)];
          const block = 3 * (Math.floor(y / side) * across + Math.floor(x / side));
          let same = true;
          for (let channel = 0; channel < 3; channel += 1) {
            const now = Math.round(Math.round((b.data.data[q + channel]! * levels) / 255) * (255 / levels));
            const by = now - a.data.data[p + channel]!;
            sums[block + channel]! += by;
            if (by > slack || by < -slack) same = false;
          }
          if (!same && !(within(a.data, b.data, x, y) && within(b.data, a.data, x, y)))
            differing.push([x, y]);
        }
      }
      sums.forEach((sum, at) => {
        if (Math.abs(sum) <= 4 * side * side) return;
        const block = Math.floor(at / 3);
        const [x, y] = [side * (block % across), side * Math.floor(block / across)];
        // Its frame stands for the block, in the picture as in the count.
        for (let step = 0; step < side; step += 1) differing.push([x + step, y], [x, y + step]);
      });
      b.pen.fillStyle = 'magenta';
      for (const [x, y] of differing) b.pen.fillRect(x, y, 1, 1);
      const inside = strip.states.filter((state) =>
        differing.some(([x, y]) => {
          const [u, v] = [x + strip.x - state.x, y + strip.y - state.y];
          return u >= -4 && u < state.width + 4 && v >= -4 && v < state.height + 4;
        }),
      );
      const sizes = [a, b].map((one) => `${one.data.width} × ${one.data.height}`);
      const grown = [a.data.width - b.data.width, a.data.height - b.data.height].some(
        (by) => Math.abs(by) > 1,
      );
      return {
        size: grown ? sizes.join(' became ') : '',
        pixels: differing.length,
        states: inside.map((state) => state.name),
        picture: differing.length > 0 ? b.canvas.toDataURL('image/png').split(',')[1]! : '',
      };
    },
    { kept, strip, levels },
  );
}

/** Fewer differing pixels than this are nobody's fault: a rounding on another machine. */
const excused = 8;

/** What is wrong with a strip, as a sentence; null when it is as it was. */
export function verdict(name: string, difference: Difference): string | null {
  if (difference.size) return `${name} was ${difference.size}`;
  if (difference.pixels <= excused) return null;
  return `${name}: ${difference.pixels} pixels differ, in ${difference.states.join(', ') || 'the frame'}`;
}

/** A PNG of pixels of three bytes each: with a palette where 256 colours are enough. */
function png(width: number, height: number, pixels: Buffer): Buffer {
  const known = new Map<number, number>();
  const indices = Buffer.alloc(width * height);
  for (let at = 0; at < indices.length; at += 1) {
    const colour = pixels.readUIntBE(3 * at, 3);
    if (!known.has(colour)) known.set(colour, known.size);
    indices[at] = known.get(colour)! & 255;
  }
  const few = known.size <= 256;
  const [body, size] = few ? [indices, 1] : [pixels, 3];
  const rows = Buffer.alloc((size * width + 1) * height);
  for (let y = 0; y < height; y += 1)
    body.copy(rows, y * (size * width + 1) + 1, y * size * width, (y + 1) * size * width);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, few ? 3 : 2, 0, 0, 0], 8);
  const palette = Buffer.from([...known.keys()].flatMap((rgb) => [rgb >> 16, (rgb >> 8) & 255, rgb & 255]));
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    few ? chunk('PLTE', palette) : Buffer.alloc(0),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(kind: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(kind, 'latin1'), body]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}
