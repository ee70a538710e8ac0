import { describe, expect, it } from 'vitest';
import { Burst, cameIn, shapeOf, worth, type Part, type Stroke } from './scan';

const card =
  '066150001234|240123456|Nguyễn Thị Ừng|05031950|Nữ|Buôn Tring, Ea Tul, Cư M’gar, Đắk Lắk|12082021';

/** Presses the letters of a text so many milliseconds apart, then Enter. */
function press(burst: Burst, text: string, apart: number, more: Partial<Stroke> = {}): Part[] {
  let at = 1000;
  const parts = [...text].map((key) => burst.stroke({ key, at: (at += apart), ...more }));
  return [...parts, burst.stroke({ key: 'Enter', at: at + apart })];
}

describe('a burst', () => {
  it('of a reader is caught at its Enter, with every letter it sent', () => {
    const burst = new Burst();
    const parts = press(burst, card, 4);
    expect(parts[0]).toBe('begin');
    expect(parts.at(-1)).toBe('end');
    expect(burst.text).toBe(card);
  });

  it('may come with the Shift keys that a reader presses for capitals', () => {
    const burst = new Burst();
    let at = 0;
    for (const key of 'P<VNMNGUYEN<<THI') {
      burst.stroke({ key: 'Shift', at: (at += 5) });
      burst.stroke({ key, at: (at += 5) });
    }
    expect(burst.stroke({ key: 'Enter', at: at + 5 })).toBe('end');
    expect(burst.text).toBe('P<VNMNGUYEN<<THI');
  });

  it('is none where a person types: 60 ms apart nobody is a reader, however long the line', () => {
    expect(press(new Burst(), card, 60).at(-1)).toBe('out');
  });

  it('is none with one pause in it: what came before the pause was typed', () => {
    const burst = new Burst();
    burst.stroke({ key: 'H', at: 0 });
    for (let n = 1; n < 11; n += 1) burst.stroke({ key: 'a', at: n * 10 });
    expect(burst.stroke({ key: 'b', at: 300 }), 'a new run begins').toBe('begin');
    expect(burst.stroke({ key: 'Enter', at: 310 })).toBe('out');
  });

  it('is none below twelve keys: two fingers can roll that fast', () => {
    expect(press(new Burst(), '0661500012', 5).at(-1)).toBe('out');
  });

  it('is none while a key is held down', () => {
    expect(press(new Burst(), 'aaaaaaaaaaaaaaaaaaaa', 30, { repeat: true }).at(-1)).toBe('out');
  });

  it('is none when Enter comes late: the person looked before pressing it', () => {
    const burst = new Burst();
    let at = 0;
    for (const key of card) burst.stroke({ key, at: (at += 4) });
    expect(burst.stroke({ key: 'Enter', at: at + 400 })).toBe('out');
  });

  it('is none with Ctrl, Alt or an arrow in it', () => {
    for (const stroke of [{ key: 'c', ctrl: true }, { key: '1', alt: true }, { key: 'ArrowLeft' }]) {
      const burst = new Burst();
      let at = 0;
      for (const key of '066150001234|2401') burst.stroke({ key, at: (at += 4) });
      expect(burst.stroke({ ...stroke, at: at + 4 })).toBe('out');
      expect(burst.stroke({ key: 'Enter', at: at + 8 })).toBe('out');
    }
  });
});

describe('Vietnamese typing', () => {
  it('is left alone while an input method composes, at any speed', () => {
    const burst = new Burst();
    expect(press(burst, card, 2, { composing: true, keyCode: 229 })).not.toContain('begin');
    expect(burst.stroke({ key: 'Enter', at: 5000, composing: true, keyCode: 229 })).toBe('out');
  });

  it('by Telex, with the Backspaces that UniKey sends in between, is typing', () => {
    const burst = new Burst();
    let at = 0;
    const parts: Part[] = [];
    for (const word of ['Nguye', 'Thi', 'Ung']) {
      for (const key of word) parts.push(burst.stroke({ key, at: (at += 90) }));
      // The method mends the last letters at once: a few keys, far fewer than a reader sends.
      for (let n = 0; n < 3; n += 1) parts.push(burst.stroke({ key: 'Backspace', at: (at += 1) }));
      for (const key of 'yễn') parts.push(burst.stroke({ key, at: (at += 1), keyCode: 231 }));
    }
    parts.push(burst.stroke({ key: 'Enter', at: at + 80 }));
    expect(parts).not.toContain('end');
  });

  it('switched on while a card is read does not end the burst: the field knows the letters that the keys do not', () => {
    const burst = new Burst();
    let at = 0;
    for (const key of card) burst.stroke({ key, at: (at += 4), keyCode: key === 'ễ' ? 229 : 65 });
    expect(burst.stroke({ key: 'Enter', at: at + 4 })).toBe('end');
    expect(burst.text).not.toContain('ễ');
    expect(burst.text).toContain('066150001234|');
  });

  it('sent as Alt and digits of the number pad goes on with the burst and opens no page', () => {
    const burst = new Burst();
    let at = 0;
    for (const key of '066150001234|') burst.stroke({ key, at: (at += 4) });
    expect(burst.stroke({ key: '1', at: (at += 4), alt: true, pad: true })).toBe('own');
    expect(burst.stroke({ key: '1', at: at + 500, alt: true, pad: true }), 'pressed by a person').toBe('out');
  });
});

describe('a text', () => {
  it('of a card, a passport or a bare number is known by its shape', () => {
    expect(shapeOf(card)).toBe('card');
    const first = 'P<VNMNGUYEN<<THI<UNG<<<<<<<<<<<<<<<<<<<<<<<<';
    expect(shapeOf(first)).toBe('passport_line');
    expect(shapeOf(`${first}\nB12345678<VNM5003053F2901019066150001234<<<8`)).toBe('passport');
    expect(shapeOf('066150001234')).toBe('number');
    expect(shapeOf('0100109106-001')).toBe('number');
  });

  it('that a person writes is none of them', () => {
    for (const text of ['Nguyễn Thị Ừng', 'thuong tru', 'Buôn Tring, xã Ea Tul', '066 150 001 234', 'P<', ''])
      expect(shapeOf(text), text).toBe(null);
  });

  it('that came fast but is nothing we know stays in its field, and a number where numbers go', () => {
    expect(worth('dang ky thuong tru', false)).toBe('leave');
    expect(worth('066150001234', true)).toBe('leave');
    expect(worth('066150001234', false)).toBe('read');
    expect(worth('P<VNMNGUYEN<<THI<UNG<<<<<<<<<<<<<<<<<<<<<<<<', false)).toBe('wait');
  });

  it('with two lines is one burst: the second line comes behind the first one’s Enter', () => {
    const burst = new Burst();
    let at = 0;
    for (const key of 'P<VNMNGUYEN<<THI') burst.stroke({ key, at: (at += 4) });
    expect(burst.stroke({ key: 'Enter', at: (at += 4) })).toBe('end');
    burst.nextLine(at);
    for (const key of 'B12345678<VNM') expect(burst.stroke({ key, at: (at += 20) })).toBe('more');
    expect(burst.stroke({ key: 'Enter', at: at + 4 })).toBe('end');
    expect(burst.text).toBe('P<VNMNGUYEN<<THI\nB12345678<VNM');
  });

  it('is taken out of the field that it went into, wherever the cursor was', () => {
    expect(cameIn('Buôn Tring', `Buôn${card} Tring`)).toBe(card);
    expect(cameIn('', card)).toBe(card);
    expect(cameIn('aaa', 'aaaa')).toBe('a');
  });
});
