import { SvelteMap } from 'svelte/reactivity';
import {
  call,
  emptyPerson,
  type AddressAnswer,
  type AddressHit,
  type BehalfValues,
  type FieldNote,
  type IdentityValues,
  type PersonRead,
  type PersonReadKind,
  type PersonValues,
} from '../../lib/host';
import { fold } from '../../lib/frame/fold';
import { coded } from '../../lib/i18n/index.svelte';
import { abroad } from '../../lib/state/abroad.svelte';
import { draft } from '../../lib/state/draft.svelte';
import { noteOf } from '../../lib/state/words';

export type PersonKind = 'person' | 'organisation' | 'foreigner';
export type PersonPath = 'applicant' | 'behalf.submitter';

/** Fields that a kind does not show. What was typed in them is put away, and comes back with the kind. */
const unshown: Record<PersonKind, { own: (keyof PersonValues)[]; identity: (keyof IdentityValues)[] }> = {
  person: { own: [], identity: ['tax_code', 'passport', 'nationality'] },
  organisation: { own: ['birth', 'sex', 'id_number'], identity: ['passport', 'nationality'] },
  foreigner: { own: [], identity: ['tax_code'] },
};

/** One person of the draft: the applicant, or who stands at the counter for them. */
class PersonPart {
  readonly path: PersonPath;
  /** What a reading said beside fields, until they are changed. */
  notes = $state.raw<FieldNote[]>([]);
  /** What the values were read from. */
  from = $state.raw<PersonReadKind | 'register' | null>(null);
  /** What the address is today, while that is a question. */
  answer = $state.raw<AddressAnswer | null>(null);
  #chosen = $state<PersonKind | null>(null);
  #before = $state.raw<PersonValues | null>(null);
  #away = new SvelteMap<PersonKind, Partial<PersonValues> & { id?: Partial<IdentityValues> }>();
  #asked = '';

  constructor(path: PersonPath) {
    this.path = path;
  }

  get values(): PersonValues {
    const values = this.path === 'applicant' ? draft.values.applicant : draft.values.behalf?.submitter;
    return values ?? emptyPerson();
  }

  set values(next: PersonValues) {
    if (this.path === 'applicant') draft.values.applicant = next;
    else draft.values.behalf = { authority: draft.values.behalf?.authority ?? '', submitter: next };
  }

  get kind(): PersonKind {
    const { organisation, passport, nationality } = this.values.identity;
    if (organisation) return 'organisation';
    // At a mission abroad people are known by their passport, unless a number of home is there.
    const byPassport = passport || nationality || (abroad() && !this.values.id_number);
    return this.#chosen ?? (byPassport ? 'foreigner' : 'person');
  }

  /** Changes the kind in place: name, address, telephone stay; what the kind does not have is put away. */
  become(kind: PersonKind): void {
    if (kind === this.kind) return;
    const values: PersonValues = $state.snapshot(this.values);
    const { own, identity } = unshown[kind];
    const empty = emptyPerson();
    const pick = <T extends object>(from: T, names: (keyof T)[]) =>
      Object.fromEntries(names.map((name) => [name, from[name]])) as Partial<T>;
    const keep = <T extends object>(typed: T, stored: Partial<T>) =>
      Object.fromEntries(Object.entries(stored).filter(([name]) => !typed[name as keyof T])) as Partial<T>;
    const { id: backIdentity = {}, ...backOwn } = this.#away.get(this.kind) ?? {};
    const full: PersonValues = {
      ...values,
      ...keep(values, backOwn),
      identity: { ...values.identity, ...keep(values.identity, backIdentity) },
    };
    this.#away.set(kind, { ...pick(full, own), id: pick(full.identity, identity) });
    this.values = {
      ...full,
      ...pick(empty, own),
      identity: {
        ...full.identity,
        ...pick(empty.identity, identity),
        organisation: kind === 'organisation',
      },
      person: '',
    };
    this.#chosen = kind;
    this.notes = [];
    this.#represented();
  }

  /** Somebody always stands at the counter for an organisation. */
  #represented(): void {
    if (this.path === 'applicant' && this.values.identity.organisation) onBehalf(true);
  }

  /** Nothing is read, asked or put away any more: the draft is another one. */
  rest(): void {
    this.notes = [];
    this.from = null;
    this.answer = null;
    this.#chosen = null;
    this.#before = null;
    this.#away.clear();
    this.#asked = '';
  }

  /** What stands beside a field: the desk's check first, then what the reading said. */
  beside(field: string): { problem: string; warning: string } {
    const said = noteOf(`${this.path}.${field}`);
    const note = this.notes.find((one) => one.field === field);
    return { ...said, warning: said.warning || (note ? coded('read', note.code, note.params) : '') };
  }

  /** The field was typed in: what the reading said of it is over. */
  typed(field: string): void {
    if (this.notes.some((one) => one.field === field))
      this.notes = this.notes.filter((one) => one.field !== field);
  }

  /** Fills everything from a reading. Telephone and e-mail stay where it is the same person. */
  fill(read: PersonRead, values: PersonValues): void {
    this.#away.clear();
    const now: PersonValues = $state.snapshot(this.values);
    const same =
      !now.name ||
      fold(now.name) === fold(values.name) ||
      (now.id_number && now.id_number === values.id_number);
    this.#before = now;
    this.#chosen = null;
    this.values = {
      ...values,
      phone: values.phone || (same ? now.phone : ''),
      email: values.email || (same ? now.email : ''),
    };
    this.from = read.kind;
    this.notes = read.notes;
    this.#asked = values.address;
    this.#take(read.address);
    this.#represented();
  }

  /** A number that the register does not know: only the number is taken, the name is still to be typed. */
  number(read: PersonRead): void {
    const { id_number = '', phone = '', identity } = read.person ?? {};
    if (identity?.organisation) this.become('organisation');
    const now: PersonValues = $state.snapshot(this.values);
    this.values = {
      ...now,
      name: '',
      person: '',
      id_number: id_number || now.id_number,
      phone: phone || now.phone,
      identity: { ...now.identity, tax_code: identity?.tax_code || now.identity.tax_code },
    };
    const code = read.known.length > 1 ? 'number_many' : 'number_new';
    this.notes = [{ field: 'name', code, params: {} }, ...read.notes];
  }

  get canUndo(): boolean {
    return this.#before !== null;
  }

  /** Everything as it was before the reading. */
  undo(): void {
    if (!this.#before) return;
    this.values = this.#before;
    this.rest();
  }

  /** Takes a known person as the register has them. */
  known(one: PersonValues): void {
    this.#before = $state.snapshot(this.values);
    this.#away.clear();
    this.values = { ...one, identity: { ...one.identity } };
    this.#chosen = null;
    this.notes = [];
    this.from = 'register';
    this.answer = null;
    this.#asked = one.address;
    this.#represented();
  }

  /** Asks what the address is today, once for every address. */
  async askAddress(): Promise<void> {
    const text = this.values.address.trim();
    if (text === this.#asked) return;
    this.#asked = text;
    this.answer = null;
    if (text.length < 6) return;
    const answer = await call('address_modern', { text }).catch(() => null);
    if (answer && this.values.address.trim() === text) this.#take(answer);
  }

  #take(answer: AddressAnswer | null): void {
    this.answer = null;
    if (!answer) return;
    if (answer.outcome === 'current') this.values.identity.commune = answer.commune;
    if (answer.outcome === 'one' || answer.outcome === 'split') this.answer = answer;
  }

  /** The one answer to an old address: today's words, and what the paper says is kept beside them. */
  takeAddress(hit?: AddressHit): void {
    const to = hit ?? (this.answer?.outcome === 'one' ? this.answer : null);
    if (!to) return;
    const { identity, address } = this.values;
    const was =
      this.answer?.outcome === 'split' && identity.former_address ? identity.former_address : address;
    identity.former_address = was;
    identity.commune = to.commune;
    this.values.address = to.text;
    this.#asked = to.text;
    if (this.answer?.outcome === 'one') this.answer = null;
  }

  /** The address stays as the paper words it. */
  keepAddress(): void {
    this.answer = null;
  }

  /** The address is another one: the commune that was known no longer holds. */
  addressTyped(): void {
    this.values.identity.commune = '';
    this.values.identity.former_address = '';
    this.typed('address');
  }
}

export const applicant = new PersonPart('applicant');
export const submitter = new PersonPart('behalf.submitter');
export type { PersonPart };

/** The person of the draft in whose fields an element stands. */
export function partOf(element: Element | null): PersonPart {
  return element?.closest('[data-person="behalf.submitter"]') ? submitter : applicant;
}

let behalfBefore: BehalfValues | null = null;

/** Somebody else stands at the counter, or no longer does; what was typed of them comes back. */
export function onBehalf(on: boolean): void {
  if (on === (draft.values.behalf !== null)) return;
  if (!on) behalfBefore = $state.snapshot(draft.values.behalf);
  draft.values.behalf = on ? (behalfBefore ?? { submitter: emptyPerson(), authority: '' }) : null;
}

let seen: unknown = null;

/** Call with the draft's values: when the draft is another one, nothing of what was read for the last one stays. */
export function restWith(values: unknown): void {
  if (values === seen) return;
  seen = values;
  applicant.rest();
  submitter.rest();
  behalfBefore = null;
}
