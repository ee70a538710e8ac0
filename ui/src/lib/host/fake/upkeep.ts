import type { Commands, KeptPapers } from '../api.gen';

type Wanted =
  | 'salvage_list'
  | 'salvage_reissue'
  | 'numbers_get'
  | 'number_void'
  | 'number_found'
  | 'kept_papers'
  | 'kept_papers_days'
  | 'kept_papers_go';

type Upkeep = {
  [K in Wanted]: (args: Commands[K]['args']) => Promise<Commands[K]['out']> | Commands[K]['out'];
};

let kept: KeptPapers = {
  days: 90,
  by_province: false,
  may: 312,
  may_bytes: '48230000',
  gone: 1204,
  gone_bytes: '181400000',
};

/** What the Sync page looks after: nothing of it waits here but papers that may go. */
export const upkeep: Upkeep = {
  salvage_list: () => ({ compared: true, lines: 0, reissued: 0, others: 0, filings: [] }),
  salvage_reissue: () => ({ compared: true, lines: 0, reissued: 0, others: 0, filings: [] }),
  numbers_get: () => ({ missing: [], voided: [] }),
  number_void: () => ({ missing: [], voided: [] }),
  number_found: () => ({ missing: [], voided: [] }),
  kept_papers: () => kept,
  kept_papers_days: ({ days }) => (kept = { ...kept, days }),
  kept_papers_go: () => {
    const went = Math.min(100, kept.may);
    const bytes = Math.round((Number(kept.may_bytes) * went) / Math.max(1, kept.may));
    const more = (digits: string, by: number) => String(Number(digits) + by);
    kept = {
      ...kept,
      may: kept.may - went,
      may_bytes: more(kept.may_bytes, -bytes),
      gone: kept.gone + went,
      gone_bytes: more(kept.gone_bytes, bytes),
    };
    return { files: went, bytes: String(bytes), kept };
  },
};
