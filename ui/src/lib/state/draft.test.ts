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

  it('says so when the disk refuses, and keeps what is on the screen', async () => {
    answers.draft_save = () => Promise.reject(new Error('full'));
    draft.values.applicant.name = 'Siu Blơ';
    draft.changed();
    await draft.flush();
    expect(draft.keepFailed).toBe(true);
    expect(draft.values.applicant.name).toBe('Siu Blơ');
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
