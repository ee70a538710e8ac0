import type { Check, DraftValues, FieldNote } from '../host';

/** What stands beside one field. */
export interface Beside {
  problem: FieldNote | null;
  warning: FieldNote | null;
}

/** Reading order of the fields, for "the first wrong field gets the focus". */
export const fieldOrder = [
  'procedure',
  'pad',
  'received_on_paper',
  'applicant.name',
  'applicant.birth',
  'applicant.sex',
  'applicant.id_number',
  'applicant.address',
  'applicant.phone',
  'applicant.email',
  'applicant',
  'behalf',
  'cases',
  'papers',
  'fields',
  'sets',
  'content',
  'term',
  'copies',
  'fee',
];

const place = (field: string) => {
  const exact = fieldOrder.indexOf(field);
  const at = exact < 0 ? fieldOrder.indexOf(field.split('.')[0] ?? '') : exact;
  return at < 0 ? fieldOrder.length : at;
};

/** Something that is only still empty: it stays quiet until its field was left. */
const early = new Set(['no_id_number', 'no_tax_code', 'no_authority', 'no_case', 'field_missing']);

/** What stands in a field now; empty where it is no text. */
function textAt(values: DraftValues, field: string): string {
  if (field.startsWith('fields.')) return values.fields[field.slice('fields.'.length)] ?? '';
  let at: unknown = values;
  for (const part of field.split('.')) at = (at as Record<string, unknown> | null | undefined)?.[part];
  return typeof at === 'string' ? at : '';
}

/** True when the desk called something lacking that is there by now: its next answer is still on its way. */
function overtaken(note: FieldNote, values: DraftValues): boolean {
  if (note.code === 'paper_missing') {
    const paper = values.papers.find((one) => `papers.${one.document}` === note.field);
    return Boolean(paper?.state && paper.state !== 'missing');
  }
  return (note.code === 'required' || early.has(note.code)) && textAt(values, note.field).trim() !== '';
}

/** The desk's last answer without what the clerk has put right since. */
export function standing(check: Check | null, values: DraftValues): Check | null {
  const holds = (note: FieldNote) => !overtaken(note, values);
  return (
    check && { ...check, problems: check.problems.filter(holds), warnings: check.warnings.filter(holds) }
  );
}

/** The section of the page in which a field stands. */
export function sectionOf(field: string): string {
  const first = field.split('.')[0] ?? '';
  if (first === 'applicant' || first === 'behalf') return 'person';
  if (first === 'papers' || first === 'term' || first === 'fee') return first;
  if (first === 'cases') return 'case';
  if (first === 'copies') return 'fee';
  return first === 'pad' || first === 'received_on_paper' ? 'pad' : 'own';
}

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
  const silent = early.has(warning?.code ?? '') && !seen.left && !seen.attempted;
  return { problem: quiet ? null : problem, warning: silent ? null : warning };
}

/** The first wrong field in reading order. */
export function firstWrong(check: Check | null): string | null {
  const sorted = [...(check?.problems ?? [])].sort((a, b) => place(a.field) - place(b.field));
  return sorted[0]?.field ?? null;
}
