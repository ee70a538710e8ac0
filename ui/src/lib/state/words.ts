import { coded } from '../i18n/index.svelte';
import { draft } from './draft.svelte';
import { beside, standing } from './notes';

/** The texts that stand beside a field of the draft now; empty where there is nothing to say. */
export function noteOf(field: string): { problem: string; warning: string } {
  const seen = { attempted: draft.attempted, left: draft.left.has(field) };
  const { problem, warning } = beside(standing(draft.check, draft.values), field, seen);
  return {
    problem: problem ? coded('problem', problem.code, problem.params) : '',
    warning: warning ? coded('warning', warning.code, warning.params) : '',
  };
}

/** True when something in the fields that begin like this may be wrong, as far as is known. */
export function warns(prefix: string): boolean {
  const check = standing(draft.check, draft.values);
  return check?.warnings.some((note) => note.field.startsWith(prefix)) ?? false;
}

/** True when the desk has nothing against the fields that begin like this. */
export function fine(prefix: string): boolean {
  return draft.check !== null && !draft.check.problems.some((note) => note.field.startsWith(prefix));
}
