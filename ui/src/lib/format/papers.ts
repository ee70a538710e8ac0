import type { DocumentView, PaperStateChoice, PaperValue, SlipForm } from '../host/api.gen';

/** The states in the order of their keys 1 … 6, then 0. */
export const paperStates: PaperStateChoice[] = [
  'original',
  'copy',
  'certified',
  'shown',
  'from_database',
  'not_reachable',
  'missing',
];

/** States under which copies of the paper are kept with the filing. */
const kept: ReadonlySet<PaperStateChoice> = new Set(['original', 'copy', 'certified']);

/** The paper as it usually comes: shown where it is only shown, the original where copies are not enough, or copies. */
export function usual(document: DocumentView): Pick<PaperValue, 'state' | 'copies'> {
  if (document.shown_only) return { state: 'shown', copies: 0 };
  if (document.originals > 0 && !document.choice) return { state: 'original', copies: document.originals };
  return { state: 'copy', copies: Math.max(1, document.copies) };
}

/** The value after a key of the row; `state` keys set, `more` and `fewer` count, `usual` switches on and off. */
export function afterAct(value: PaperValue, document: DocumentView, act: string): PaperValue {
  if (act === 'more') return { ...value, copies: Math.min(99, value.copies + 1) };
  if (act === 'fewer') return { ...value, copies: Math.max(0, value.copies - 1) };
  const wanted = usual(document);
  if (act === 'usual') {
    const already = value.state === wanted.state && value.copies === wanted.copies;
    return already ? { ...value, state: null, copies: 0 } : { ...value, ...wanted };
  }
  const state = paperStates.find((one) => one === act);
  if (!state) return value;
  const asked = state === 'original' ? document.originals : document.copies;
  const copies = kept.has(state) ? Math.max(1, value.copies || asked) : 0;
  return { ...value, state, copies };
}

/** A paper that has to be noted before the checklist is complete: one without a condition of its own. */
export function mustBeNoted(document: DocumentView): boolean {
  return document.when === null;
}

/** What a case asks for, and what is asked for in every case. */
export function inCases<Asked extends { case: string | null }>(asked: Asked[], cases: string[]): Asked[] {
  return asked.filter((one) => one.case === null || cases.includes(one.case));
}

/**
 * The papers that a slip names. A supplement asks for all that must be handed in and is not here, since an office may
 * ask once; a refusal cites only what was noted as missing.
 */
export function lacking(
  documents: DocumentView[],
  papers: PaperValue[],
  form: SlipForm = 'supplement',
): DocumentView[] {
  return documents.filter((one) => {
    const state = papers.find((paper) => paper.document === one.id)?.state ?? null;
    if (state !== null || form === 'refusal') return state === 'missing';
    return mustBeNoted(one) && !one.shown_only;
  });
}
