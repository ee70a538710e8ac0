import type { DraftValues, IdentityValues, PersonValues } from './api.gen';

/** Nothing of what only some applicants have. */
export function emptyIdentity(): IdentityValues {
  return {
    organisation: false,
    tax_code: '',
    passport: '',
    nationality: '',
    commune: '',
    former_address: '',
  };
}

/** A person of whom nothing is typed. */
export function emptyPerson(): PersonValues {
  return {
    person: '',
    name: '',
    birth: '',
    sex: null,
    id_number: '',
    address: '',
    phone: '',
    email: '',
    identity: emptyIdentity(),
  };
}

/** Nothing typed yet. */
export function emptyValues(): DraftValues {
  return {
    procedure: '',
    applicant: emptyPerson(),
    papers: [],
    sets: '1',
    copies: '',
    content: '',
    give_back: 'at_counter',
    behalf: null,
    cases: [],
    fields: {},
    fee: { pages: '', persons: '', matters: '', exemption: '', requested: {}, amount: '' },
    term: { n: '', kind: null },
    received_on_paper: '',
    pad: '',
    correcting: null,
  };
}
