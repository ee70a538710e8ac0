import type { Check, FieldNote } from '../host';

/** What stands beside one field. */
export interface Beside {
  problem: FieldNote | null;
  warning: FieldNote | null;
}

/** Reading order of the fields, for "the first wrong field gets the focus". */
export const fieldOrder = [
  'procedure',
  'applicant.name',
  'applicant.birth',
  'applicant.sex',
  'applicant.id_number',
  'applicant.address',
  'applicant.phone',
  'applicant.email',
  'papers',
  'copies',
  'sets',
  'content',
];

const place = (field: string) => {
  const at = fieldOrder.indexOf(field.startsWith('papers.') ? 'papers' : field);
  return at < 0 ? fieldOrder.length : at;
};

/**
 * The notes of a field that should be shown now. Something wrong that was typed is said once the field is left;
 * a required field that is still empty stays quiet until the clerk tried to receive. Warnings are always shown.
 */
export function beside(
  check: Check | null,
  field: string,
  seen: { attempted: boolean; left: boolean },
): Beside {
  const problem = check?.problems.find((note) => note.field === field) ?? null;
  const quiet =
    problem?.code === 'required' || problem?.code === 'needs_reason'
      ? !seen.attempted
      : !seen.attempted && !seen.left;
  const warning = check?.warnings.find((note) => note.field === field) ?? null;
  const early = warning?.code === 'no_id_number' && !seen.left && !seen.attempted;
  return { problem: quiet ? null : problem, warning: early ? null : warning };
}

/** The first wrong field in reading order. */
export function firstWrong(check: Check | null): string | null {
  const sorted = [...(check?.problems ?? [])].sort((a, b) => place(a.field) - place(b.field));
  return sorted[0]?.field ?? null;
}
