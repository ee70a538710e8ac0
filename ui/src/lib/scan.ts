/**
 * Readers that type like a keyboard: telling their bursts from a person's keys. Pure: the caller passes every key with
 * its time, and does what is answered. What the text means is the desk's to say.
 */

/** Keys further apart than this, in milliseconds, are not of one burst. */
export const gapMs = 35;
/** Fewer keys are never a burst. */
export const fewest = 12;
/** No reader sends more. */
const most = 4096;
/** How long the second line of a passport may take after the first. */
export const lineMs = 150;

/** What is looked at of a key. */
export interface Stroke {
  key: string;
  /** When it was pressed, in milliseconds from any fixed point. */
  at: number;
  composing?: boolean;
  keyCode?: number;
  /** The key is held down. */
  repeat?: boolean;
  ctrl?: boolean;
  alt?: boolean;
  meta?: boolean;
  /** It lies on the number pad: readers send letters with marks as Alt and digits there. */
  pad?: boolean;
}

/**
 * What a key is: `begin` may begin a burst (remember what the field holds), `more` may go on with it, `end` is the
 * Enter of one, `own` belongs to the reader's way of sending and must do nothing on the page, `out` is a person's.
 */
export type Part = 'begin' | 'more' | 'end' | 'own' | 'out';

/** What a text looks like from outside; null is nothing that a reader would send. */
export type Shape = 'card' | 'passport' | 'passport_line' | 'number' | null;

const modifiers = new Set(['Shift', 'CapsLock', 'NumLock', 'Alt', 'AltGraph', 'Control', 'Meta']);

/** The run of keys that is going on. */
export class Burst {
  /** The letters as the keys named them; where an input method or Alt codes stood between, the field knows better. */
  text = '';
  #keys = 0;
  #last = 0;

  /** Takes a key. After `end`, read `text` (or the field), then call `rest`. */
  stroke(stroke: Stroke): Part {
    if (stroke.composing) return this.#stop();
    if (modifiers.has(stroke.key)) return 'out';
    if (stroke.alt && stroke.pad && this.#keys > 0 && this.#soon(stroke)) return this.#count(stroke, 'own');
    if (stroke.ctrl || stroke.alt || stroke.meta || stroke.repeat) return this.#stop();
    if (stroke.key === 'Enter') {
      if (this.#keys >= fewest && this.#soon(stroke)) return 'end';
      return this.#stop();
    }
    const named = [...stroke.key].length === 1 && stroke.keyCode !== 229;
    // UniKey mends letters with Backspace and sends keys without a name; so does anything that reports 229.
    const mended = stroke.key === 'Backspace' || stroke.key === 'Unidentified' || stroke.keyCode === 229;
    if (!named && !mended) return this.#stop();
    if (this.#keys > 0 && this.#soon(stroke)) {
      return named ? this.#named(stroke, 'more') : this.#count(stroke, 'more');
    }
    this.rest();
    if (stroke.key === 'Backspace') return 'out';
    return named ? this.#named(stroke, 'begin') : this.#count(stroke, 'begin');
  }

  /** The burst is over, or was none. */
  rest(): void {
    this.text = '';
    this.#keys = 0;
  }

  /** The Enter behind a passport's first line: the burst goes on with the next. */
  nextLine(at: number): void {
    this.text += '\n';
    this.#last = at + lineMs - gapMs;
  }

  #soon(stroke: Stroke): boolean {
    return stroke.at - this.#last < gapMs;
  }

  #stop(): 'out' {
    this.rest();
    return 'out';
  }

  #named(stroke: Stroke, part: Part): Part {
    if (this.text.length < most) this.text += stroke.key;
    return this.#count(stroke, part);
  }

  #count(stroke: Stroke, part: Part): Part {
    this.#keys += 1;
    this.#last = stroke.at;
    return part;
  }
}

/** What a text looks like: a card's code between bars, a passport's lines, a bare number. */
export function shapeOf(text: string): Shape {
  const line = text.trim();
  if (line.length < 10 || line.length > most) return null;
  if (/^[^|]*\d[^|]*(\|[^|]*){4,}$/s.test(line)) return 'card';
  const bare = line.replace(/\s+/g, '').toUpperCase();
  if (/^P[A-Z<][A-Z<]{3}[^|]*<<[^|]*$/.test(bare)) return bare.length >= 80 ? 'passport' : 'passport_line';
  if (/^\d{10}(-?\d{3})?$|^\d{12}$/.test(line)) return 'number';
  return null;
}

/** What a burst is worth: read it, wait for its second line, or leave it to the field as fast typing. */
export function worth(text: string, fieldTakesDigits: boolean): 'read' | 'wait' | 'leave' {
  const shape = shapeOf(text);
  if (shape === 'passport_line') return 'wait';
  if (shape === null || (shape === 'number' && fieldTakesDigits)) return 'leave';
  return 'read';
}

/** What came into a field since it held `before`: what stands where the cursor was. */
export function cameIn(before: string, now: string): string {
  let head = 0;
  while (head < before.length && head < now.length && before[head] === now[head]) head += 1;
  let tail = 0;
  while (
    tail < before.length - head &&
    tail < now.length - head &&
    before[before.length - 1 - tail] === now[now.length - 1 - tail]
  )
    tail += 1;
  return now.slice(head, now.length - tail);
}
