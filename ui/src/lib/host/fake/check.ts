import type { Check, DraftValues, FieldNote, FilingRow, ProcedureView } from '../api.gen';
import { dong } from './catalogue';
import { due } from './due';

const note = (field: string, code: string, params: Record<string, string> = {}): FieldNote => ({
  field,
  code,
  params,
});

/** What the fake desk has to say; the real rules are the desk's. */
export function check(
  values: DraftValues,
  procedure: ProcedureView | null,
  now: string,
  rows: FilingRow[],
): Check {
  const person = values.applicant;
  const problems: FieldNote[] = [];
  const warnings: FieldNote[] = [];
  if (!procedure) problems.push(note('procedure', 'required'));
  if (!person.name.trim()) problems.push(note('applicant.name', 'required'));
  if (person.name.length > 200) {
    problems.push(note('applicant.name', 'too_long', { max: '200', len: String(person.name.length) }));
  }
  if (person.birth && !/^(\d{2}\/\d{2}\/\d{4}|\d{2}\/\d{4}|\d{4})$/.test(person.birth)) {
    problems.push(note('applicant.birth', 'not_a_date'));
  }
  if (person.birth.startsWith('31/02')) problems.push(note('applicant.birth', 'not_a_date'));
  if (!person.address.trim()) problems.push(note('applicant.address', 'required'));
  if (person.id_number && !/^\d{12}$/.test(person.id_number)) {
    problems.push(note('applicant.id_number', 'id_length', { digits: String(person.id_number.length) }));
  }
  if (!person.id_number) warnings.push(note('applicant.id_number', 'no_id_number'));
  if (person.sex === 'male' && person.id_number[3] === '1')
    warnings.push(note('applicant.id_number', 'id_sex_differs'));
  if (person.phone && !/^0\d{9}$/.test(person.phone)) problems.push(note('applicant.phone', 'phone_length'));
  if (!/^[1-9]\d?$/.test(values.sets)) problems.push(note('sets', 'number'));
  for (const paper of values.papers) {
    if (paper.state === 'missing') warnings.push(note(`papers.${paper.document}`, 'paper_missing'));
    if (paper.state === 'not_reachable' && !paper.reason)
      problems.push(note(`papers.${paper.document}`, 'needs_reason'));
  }
  const copies = Number(values.copies);
  if (procedure?.fee.kind === 'per_copy' && !(copies > 0)) {
    problems.push(note('copies', values.copies ? 'number' : 'required'));
  }
  const fee = procedure && { ...procedure.fee };
  if (fee?.kind === 'per_copy' && copies > 0) fee.amount = dong(8000 * copies);
  return {
    problems,
    warnings,
    due: procedure && due(now, procedure.term),
    fee,
    duplicates: rows
      .filter((row) => row.applicant === person.name && row.procedure === values.procedure)
      .slice(0, 2),
  };
}
