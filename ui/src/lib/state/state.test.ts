import { describe, expect, it } from 'vitest';
import type { Check, FieldNote, FilingRow, FilingView, LookUpView } from '../host/api.gen';
import { keys, lookUpAct, rowAct } from '../keys';
import { ofFound, stillWaiting } from '../look-ups';
import { roomOf } from './look.svelte';
import { emptyValues } from '../host/empty';
import { beside, firstWrong, sectionOf, standing } from './notes';

const note = (field: string, code: string): FieldNote => ({ field, code, params: {} });
const check = (problems: FieldNote[], warnings: FieldNote[] = []): Check => ({
  problems,
  warnings,
  due: null,
  fee: null,
  duplicates: [],
});

describe('notes beside fields', () => {
  const empty = check([note('applicant.name', 'required')]);
  const wrong = check([note('applicant.id_number', 'id_length')]);

  it('leave an empty required field in peace until the clerk tried to receive', () => {
    expect(beside(empty, 'applicant.name', { attempted: false, left: true }).problem).toBeNull();
    expect(beside(empty, 'applicant.name', { attempted: true, left: false }).problem).not.toBeNull();
  });

  it('wait with a half-typed number until its field is left', () => {
    expect(beside(wrong, 'applicant.id_number', { attempted: false, left: false }).problem).toBeNull();
    expect(beside(wrong, 'applicant.id_number', { attempted: false, left: true }).problem).not.toBeNull();
  });

  it('do not warn of a missing number before the clerk came to it', () => {
    const warned = check([], [note('applicant.id_number', 'no_id_number')]);
    expect(beside(warned, 'applicant.id_number', { attempted: false, left: false }).warning).toBeNull();
    expect(beside(warned, 'applicant.id_number', { attempted: false, left: true }).warning).not.toBeNull();
  });

  it('do not call lacking what was typed since the desk was asked', () => {
    const values = emptyValues();
    values.applicant.name = 'Siu Blơ';
    values.fields['child.name'] = 'Siu H’Ưm';
    values.papers = [
      { document: 'd1', state: 'original', copies: 1, reason: '' },
      { document: 'd2', state: 'missing', copies: 0, reason: '' },
    ];
    const asked = check(
      [
        note('applicant.name', 'required'),
        note('applicant.address', 'required'),
        note('fields.plot', 'number'),
      ],
      [
        note('fields.child.name', 'field_missing'),
        note('papers.d1', 'paper_missing'),
        note('papers.d2', 'paper_missing'),
      ],
    );
    const still = standing(asked, values);
    expect(still?.problems.map((one) => one.field)).toEqual(['applicant.address', 'fields.plot']);
    expect(still?.warnings.map((one) => one.field)).toEqual(['papers.d2']);
  });

  it('send the cursor to the first wrong field in reading order, whatever order the desk answers in', () => {
    const many = check([
      note('sets', 'number'),
      note('papers.home', 'needs_reason'),
      note('applicant.phone', 'phone_length'),
    ]);
    expect(firstWrong(many)).toBe('applicant.phone');
    expect(firstWrong(check([]))).toBeNull();
    const parts = check([
      note('fee.pages', 'not_a_number'),
      note('term', 'required'),
      note('fields.child_birth', 'not_a_date'),
      note('behalf.submitter.name', 'required'),
    ]);
    expect(firstWrong(parts)).toBe('behalf.submitter.name');
  });

  it('open the section in which the field stands, so that the cursor finds it', () => {
    const fields = [
      'behalf.authority',
      'cases',
      'papers.d1',
      'fields.mother.name',
      'term',
      'copies',
      'fee.pages',
    ];
    expect(fields.map(sectionOf)).toEqual(['person', 'case', 'papers', 'own', 'term', 'fee', 'fee']);
    expect([sectionOf('pad'), sectionOf('received_on_paper'), sectionOf('sets')]).toEqual([
      'pad',
      'pad',
      'own',
    ]);
  });

  it('do not call an own field or a case missing before the clerk came to it', () => {
    const warned = check([], [note('fields.plot', 'field_missing'), note('cases', 'no_case')]);
    for (const field of ['fields.plot', 'cases']) {
      expect(beside(warned, field, { attempted: false, left: false }).warning).toBeNull();
      expect(beside(warned, field, { attempted: false, left: true }).warning).not.toBeNull();
    }
  });
});

describe('the one table of keys', () => {
  const press = (key: string, more: Partial<KeyboardEvent> = {}) =>
    ({ key, keyCode: 0, ...more }) as KeyboardEvent;

  it('gives no press to two acts', () => {
    const all = keys.map((key) => key.press).filter(Boolean);
    expect(all.filter((one, index) => all.indexOf(one) !== index)).toEqual([]);
  });

  it('leaves the browser, the system and Vietnamese input methods their keys', () => {
    const taken = keys.map((key) => key.press);
    for (const key of ['F5', 'F7', 'F10', 'F12', 'Alt+z', 'Control+Shift']) expect(taken).not.toContain(key);
  });

  it('sets states on a row by digit, and counts with plus and minus, also from the number pad', () => {
    expect(rowAct(press('1'))).toBe('original');
    expect(rowAct(press('6'))).toBe('not_reachable');
    expect(rowAct(press('='))).toBe('more');
    expect(rowAct(press('-'))).toBe('fewer');
    expect(rowAct(press(' '))).toBe('usual');
  });

  it('does nothing while an input method composes, nor with a modifier', () => {
    expect(rowAct(press('1', { isComposing: true }))).toBeNull();
    expect(rowAct(press('1', { keyCode: 229 }))).toBeNull();
    expect(rowAct(press('1', { altKey: true }))).toBeNull();
  });

  it('says what came of a paper by one letter, also with capitals on, and never by a chord or a key held down', () => {
    expect(lookUpAct(press('f'))).toBe('found');
    expect(lookUpAct(press('K'))).toBe('missing');
    expect(lookUpAct(press('1'))).toBeNull();
    expect(lookUpAct(press('k', { ctrlKey: true })), 'Ctrl+K finds').toBeNull();
    expect(lookUpAct(press('f', { repeat: true })), 'the row may be another by then').toBeNull();
    expect(lookUpAct(press('f', { isComposing: true }))).toBeNull();
    expect(rowAct(press('f')), 'the checklist has other keys').toBeNull();
  });
});

describe('papers that wait to be looked up', () => {
  const paper = (filing: string, document: string) => ({ filing, document }) as LookUpView;
  const all = [paper('a', 'd1'), paper('b', 'd1'), paper('a', 'd2')];

  it('are all listed before a word is typed, however few filings the list holds', () => {
    expect(ofFound(all, [], '  ')).toEqual(all);
  });

  it('are those of the filings that the words find, in their own order', () => {
    expect(ofFound(all, [{ id: 'a' } as FilingRow], 'ung').map((one) => one.document)).toEqual(['d1', 'd2']);
    expect(ofFound(all, [], 'ung')).toEqual([]);
  });

  it('lose what was settled at once, and nothing of other filings', () => {
    const papers = [
      { document: 'd1', waits: false },
      { document: 'd2', waits: true },
    ];
    const view = { row: { id: 'a' }, papers } as FilingView;
    expect(stillWaiting(all, view)).toEqual([paper('b', 'd1'), paper('a', 'd2')]);
  });
});

describe('the room of the window', () => {
  it('folds the aside below 1180 css px and the rail below 760, counted after zoom', () => {
    expect(roomOf(1366, 100)).toBe('wide');
    expect(roomOf(1366, 125)).toBe('tab');
    expect(roomOf(1366, 200)).toBe('narrow');
    expect(roomOf(1180, 100)).toBe('wide');
    expect(roomOf(1179, 100)).toBe('tab');
  });
});
