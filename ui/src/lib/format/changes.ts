/** A horizontal band of a picture, in percent of its height. */
export interface Band {
  top: number;
  height: number;
}

const rows = 160;
const columns = 80;

async function grey(picture: Blob): Promise<Uint8ClampedArray | null> {
  const bitmap = await createImageBitmap(picture, { resizeWidth: columns, resizeHeight: rows });
  const canvas = document.createElement('canvas');
  canvas.width = columns;
  canvas.height = rows;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  context?.drawImage(bitmap, 0, 0);
  bitmap.close();
  return context?.getImageData(0, 0, columns, rows).data ?? null;
}

/** The bands of rows that differ between two small pictures of `width` × `height` pixels, four bytes each. */
export function differingBands(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  width: number,
  height: number,
): Band[] {
  const bands: Band[] = [];
  let start = -1;
  for (let y = 0; y <= height; y += 1) {
    let differs = false;
    for (let x = 0; y < height && x < width && !differs; x += 1) {
      differs = Math.abs((a[(y * width + x) * 4] ?? 0) - (b[(y * width + x) * 4] ?? 0)) > 12;
    }
    if (differs && start < 0) start = y;
    if (!differs && start >= 0) {
      bands.push({ top: (100 * start) / height, height: (100 * (y - start)) / height });
      start = -1;
    }
  }
  return bands;
}

/** Where two pictures of the same paper differ; empty when nearly everything does (another paper). */
export async function changedBands(before: Blob, after: Blob): Promise<Band[]> {
  try {
    const [a, b] = await Promise.all([grey(before), grey(after)]);
    if (!a || !b) return [];
    const bands = differingBands(a, b, columns, rows);
    return bands.reduce((sum, band) => sum + band.height, 0) > 40 ? [] : bands;
  } catch {
    return [];
  }
}
