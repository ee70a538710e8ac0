import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Commands, DraftValues } from '../host/api.gen';

type Answer = (args: never) => unknown;
const answers: Partial<Record<keyof Commands, Answer>> = {};
const calls: { name: string; args: unknown }[] = [];

vi.mock('../host', () => ({
  asErrorView: (thrown: unknown) => thrown,
  listen: () => () => {},
  call: async (name: keyof Commands, args: never) => {
    calls.push({ name, args: structuredClone(args) });
    return answers[name]?.(args);
  },
}));

const { draft } = await import('./draft.svelte');
const { emptyValues } = await import('../host/empty');
const view = (values: DraftValues) => ({ id: 'd', values, kept_at: null, can_undo: false });
const named = (name: string): DraftValues => ({
  ...emptyValues(),
  applicant: { ...emptyValues().applicant, name },
});

beforeEach(async () => {
  vi.useFakeTimers();
  vi.stubGlobal('window', globalThis);
  answers.draft_get = () => view(emptyValues());
  answers.draft_save = ({ values }: { values: DraftValues }) => ({
    ...view(values),
    kept_at: '2026-11-23T10:42:00',
  });
  await draft.leave();
  await draft.open('lan');
  calls.length = 0;
});

describe('the draft', () => {
  it('is kept within 300 ms of the last change, once for a burst of keys', async () => {
    for (const name of ['N', 'Ng', 'Ngu']) {
      draft.values.applicant.name = name;
      draft.changed();
      await vi.advanceTimersByTimeAsync(50);
    }
    await vi.advanceTimersByTimeAsync(250);
    const saves = calls.filter((one) => one.name === 'draft_save');
    expect(saves).toHaveLength(1);
    expect(saves[0]!.args).toMatchObject({ values: { applicant: { name: 'Ngu' } } });
    expect(draft.keptAt).toBe('2026-11-23T10:42:00');
  });

  it('is kept before another user can sign in, without waiting for the timer', async () => {
    draft.values.applicant.name = 'Vàng A Páo';
    draft.changed();
    await draft.leave();
    expect(calls.map((one) => one.name)).toContain('draft_save');
  });

  it('is never overwritten by the page that was emptied for the next clerk', async () => {
    draft.values.applicant.name = 'Vàng A Páo';
    draft.changed();
    await draft.leave();
    // The page sees its values change and tells the draft, as it does with every change.
    draft.changed();
    await vi.advanceTimersByTimeAsync(1000);
    const saves = calls.filter((one) => one.name === 'draft_save');
    expect(saves).toHaveLength(1);
    expect(saves[0]!.args).toMatchObject({ values: { applicant: { name: 'Vàng A Páo' } } });
  });

  it('never shows one clerk what another typed', async () => {
    draft.values.applicant.name = 'Vàng A Páo';
    draft.changed();
    await draft.leave();
    expect(draft.values.applicant.name).toBe('');
    answers.draft_get = () => view(named('Lò Thị Ổn'));
    await draft.open('niem');
    expect(draft.values.applicant.name).toBe('Lò Thị Ổn');
  });

  describe('of a clerk who was in the middle of a filing', () => {
    const values = { ...named('Lò Thị Ổn'), procedure: '1.004222' };
    let bring: (procedure: unknown) => void;

    beforeEach(async () => {
      await draft.leave();
      answers.draft_get = () => view(values);
      answers.procedure_get = () => new Promise((done) => (bring = done));
      calls.length = 0;
    });

    const sheet = { documents: [{ id: 'd1' }], fields: [] };

    it('comes whole or not at all: never its values without its procedure', async () => {
      const opened = draft.open('niem');
      await vi.advanceTimersByTimeAsync(10);
      expect([draft.ready, draft.values.applicant.name, draft.procedure]).toEqual([false, '', null]);
      bring(sheet);
      await opened;
      expect([draft.ready, draft.values.applicant.name]).toEqual([true, 'Lò Thị Ổn']);
      expect(draft.procedure).toEqual(sheet);
      expect(draft.values.papers.map((one) => one.document)).toEqual(['d1']);
    });

    it('is not kept again just because it came', async () => {
      const opened = draft.open('niem');
      await vi.advanceTimersByTimeAsync(10);
      bring(sheet);
      await opened;
      draft.changed();
      await vi.advanceTimersByTimeAsync(1000);
      expect(calls.map((one) => one.name)).not.toContain('draft_save');
    });

    it('stays away when another clerk has signed in before it came', async () => {
      const opened = draft.open('niem');
      await vi.advanceTimersByTimeAsync(10);
      await draft.leave();
      answers.draft_get = () => view(named('Siu Blơ'));
      await draft.open('lan');
      bring(sheet);
      await opened;
      expect(draft.values.applicant.name).toBe('Siu Blơ');
      expect(draft.procedure).toBeNull();
    });

    it('says why where the desk cannot bring it, keeps nothing over it, and can be asked for again', async () => {
      answers.draft_get = () =>
        Promise.reject({ code: 'internal', params: {}, retryable: true, reference: '' });
      await draft.open('niem');
      expect([draft.ready, draft.error?.code]).toEqual([false, 'internal']);
      draft.changed();
      await vi.advanceTimersByTimeAsync(1000);
      expect(calls.map((one) => one.name)).not.toContain('draft_save');
      answers.draft_get = () => view(named('Lò Thị Ổn'));
      await draft.open('niem');
      expect([draft.ready, draft.error, draft.values.applicant.name]).toEqual([true, null, 'Lò Thị Ổn']);
    });
  });

  describe('of a filing that is being received', () => {
    const order = () => calls.map((one) => one.name).filter((name) => /draft_save|filing_receive/.test(name));
    const received = () => ({ draft: view(emptyValues()), filing: { id: 'f' } });

    it('is kept wholly before, also where a save is on its way and another waits for it', async () => {
      const saved: (() => void)[] = [];
      answers.draft_save = () => new Promise((done) => saved.push(() => done(view(emptyValues()))));
      answers.filing_receive = received;
      draft.values.applicant.name = 'Siu';
      draft.changed();
      await vi.advanceTimersByTimeAsync(260);
      draft.values.applicant.name = 'Siu Blơ';
      draft.changed();
      await vi.advanceTimersByTimeAsync(260);
      const receiving = draft.receive({ keepPerson: false });
      for (const nth of [0, 1]) {
        await vi.advanceTimersByTimeAsync(10);
        expect(order(), 'a save that comes later would bring the draft back').not.toContain('filing_receive');
        saved[nth]?.();
      }
      await receiving;
      expect(order()).toEqual(['draft_save', 'draft_save', 'filing_receive']);
    });

    it('is not kept meanwhile, whatever comes in, nor afterwards', async () => {
      let answer: (value: unknown) => void = () => {};
      answers.filing_receive = () => new Promise((done) => (answer = done));
      const receiving = draft.receive({ keepPerson: false });
      await vi.advanceTimersByTimeAsync(10);
      draft.values.applicant.identity.commune = '24175';
      draft.changed();
      await draft.flush();
      await vi.advanceTimersByTimeAsync(1000);
      answer(received());
      await receiving;
      draft.changed();
      await vi.advanceTimersByTimeAsync(1000);
      expect(order()).toEqual(['filing_receive']);
      expect(draft.values.applicant.identity.commune).toBe('');
    });

    it('is kept afterwards where it could not be received', async () => {
      let refuse: (why: unknown) => void = () => {};
      answers.filing_receive = () => new Promise((_, fail) => (refuse = fail));
      const receiving = draft.receive({ keepPerson: false });
      await vi.advanceTimersByTimeAsync(10);
      draft.values.applicant.phone = '0905111222';
      draft.changed();
      await vi.advanceTimersByTimeAsync(1000);
      refuse({ code: 'disk_full', params: {}, retryable: true, reference: '' });
      await receiving;
      await vi.advanceTimersByTimeAsync(10);
      expect(order()).toEqual(['filing_receive', 'draft_save']);
    });
  });

  it('says so when the disk refuses, and keeps what is on the screen', async () => {
    answers.draft_save = () => Promise.reject(new Error('full'));
    draft.values.applicant.name = 'Siu Blơ';
    draft.changed();
    await draft.flush();
    expect(draft.keepFailed).toBe(true);
    expect(draft.values.applicant.name).toBe('Siu Blơ');
  });

  it('stays with its clerk while the disk takes nothing, and is kept once it does', async () => {
    const keep = answers.draft_save;
    const full = { code: 'disk_full', params: {}, retryable: true, reference: '' };
    answers.draft_save = () => Promise.reject(full);
    answers.filing_receive = () => Promise.reject(full);
    draft.values.applicant.name = 'Siu Blơ';
    draft.changed();
    expect(await draft.leave(), 'it is on the screen only').toBe(false);
    expect(draft.values.applicant.name).toBe('Siu Blơ');
    await draft.receive({ keepPerson: false });
    answers.draft_save = keep!;
    await draft.again();
    expect(draft.keepFailed).toBe(false);
    expect(draft.error, 'its refusal is over').toBeNull();
    expect(calls.at(-1)).toMatchObject({ name: 'draft_save', args: { values: named('Siu Blơ') } });
    expect(await draft.leave()).toBe(true);
  });

  it('keeps everything typed when receiving fails, and tells why', async () => {
    draft.values.applicant.name = 'Siu Blơ';
    answers.filing_receive = () =>
      Promise.reject({ code: 'disk_full', params: {}, retryable: true, reference: '' });
    expect(await draft.receive({ keepPerson: false })).toBeNull();
    expect(draft.error?.code).toBe('disk_full');
    expect(draft.values.applicant.name).toBe('Siu Blơ');
    expect(draft.busy).toBe(false);
  });
});
