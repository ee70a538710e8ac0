import { describe, expect, it } from 'vitest';
import { emptyPerson } from '../host/empty';
import { firstValues } from './autofill';

const applicant = { ...emptyPerson(), name: "H'Hen Niê", birth: '1992', id_number: '066192001234' };
const submitter = { ...emptyPerson(), name: 'Nguyễn Thị Ừng', birth: '05/03/1950' };
const here = { place: 'Ea Tul', today: '23/11/2026' };

describe('the first value of an own field', () => {
  it('gives a person name, birth and number at once, so that nobody is typed twice', () => {
    const spec = { id: 'mother', kind: 'person' as const, autofill: 'applicant' };
    expect(firstValues(spec, { applicant, behalf: null }, here)).toEqual({
      'mother.name': "H'Hen Niê",
      'mother.birth': '1992',
      'mother.id_number': '066192001234',
    });
  });

  it('takes the submitter where somebody files for another, and the applicant otherwise', () => {
    const spec = { id: 'requester', kind: 'text' as const, autofill: 'submitter' };
    const behalf = { submitter, authority: '' };
    expect(firstValues(spec, { applicant, behalf }, here)).toEqual({ requester: 'Nguyễn Thị Ừng' });
    expect(firstValues(spec, { applicant, behalf: null }, here)).toEqual({ requester: "H'Hen Niê" });
  });

  it('is empty for a source that this screen does not know, rather than something wrong', () => {
    const spec = { id: 'x', kind: 'text' as const, autofill: 'spouse' };
    expect(firstValues(spec, { applicant, behalf: null }, here)).toEqual({ x: '' });
  });
});
