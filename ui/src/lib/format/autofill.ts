import type { DraftValues, FieldSpecView, PersonValues } from '../host/api.gen';

/** The paths under which a field's values stand: a person has three, every other field one. */
export function pathsOf(spec: Pick<FieldSpecView, 'id' | 'kind'>): string[] {
  if (spec.kind !== 'person') return [spec.id];
  return [`${spec.id}.name`, `${spec.id}.birth`, `${spec.id}.id_number`];
}

const whole = (person: PersonValues) => [person.name, person.birth, person.id_number];

/** The first value of a field, by path: what the page knows already. Empty where it knows nothing. */
export function firstValues(
  spec: Pick<FieldSpecView, 'id' | 'kind' | 'autofill'>,
  values: Pick<DraftValues, 'applicant' | 'behalf'>,
  here: { place: string; today: string },
): Record<string, string> {
  const applicant = values.applicant;
  const from: Record<string, string[]> = {
    applicant: whole(applicant),
    applicant_birth: [applicant.birth],
    applicant_sex: [applicant.sex ?? ''],
    applicant_id: [applicant.id_number],
    applicant_passport: [applicant.identity.passport],
    applicant_nationality: [applicant.identity.nationality],
    applicant_address: [applicant.address],
    applicant_phone: [applicant.phone],
    submitter: whole(values.behalf?.submitter ?? applicant),
    office_place: [here.place],
    today: [here.today],
  };
  const parts = from[spec.autofill ?? ''] ?? [];
  return Object.fromEntries(pathsOf(spec).map((path, index) => [path, parts[index] ?? '']));
}
