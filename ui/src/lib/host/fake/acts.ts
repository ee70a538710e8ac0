import type { ActView, FilingAct, FilingRow, SlipForm } from '../api.gen';

const act = (name: FilingAct, reason = false, form: SlipForm | null = null, head = false): ActView => ({
  act: name,
  reason,
  head,
  form,
  proposed: form === 'apology' ? '2026-12-07' : null,
});

/** A part of the desk's table, for work on the page. */
const acts: Partial<Record<string, ActView[]>> = {
  received: [
    act('transfer'),
    act('ask_supplement', true, 'supplement'),
    act('arrive'),
    act('refuse', true, 'refusal', true),
    act('withdraw', true),
    act('extend', true, 'apology', true),
  ],
  transferred: [act('arrive'), act('stop', true, 'stop')],
  supplement_asked: [act('supplement')],
  result_ready: [act('hand_over'), act('take_back', true)],
};

export const actsOf = (status: string): ActView[] => acts[status] ?? [];

export const becomes: Record<FilingAct, FilingRow['status']> = {
  transfer: 'transferred',
  take_up: 'being_solved',
  ask_supplement: 'supplement_asked',
  supplement: 'received',
  arrive: 'result_ready',
  hand_over: 'handed_over',
  refuse: 'refused',
  stop: 'stopped',
  withdraw: 'withdrawn',
  extend: 'received',
  take_back: 'received',
  correct: 'received',
};
