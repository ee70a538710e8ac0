import type { Commands, FilingRow, LookedUp, LookUpView } from '../api.gen';

type Part = Pick<
  { [K in keyof Commands]: (args: Commands[K]['args']) => Commands[K]['out'] },
  'lookup_list' | 'lookup_settle'
>;

/** Papers that wait to be looked up, as far as the fake desk has them, and what came of those that were. */
export function lookUps(rows: FilingRow[]): Part & { of(filing: string, document: string): LookedUp | null } {
  const settled = new Map<string, LookedUp>();
  const key = (filing: string, document: string) => `${filing}/${document}`;
  const waiting = (): LookUpView[] =>
    rows
      .filter((row) => row.id === 'filing-9' && !settled.has(key(row.id, 'id')))
      .map((row) => ({
        filing: row.id,
        code: row.code,
        applicant: row.applicant,
        procedure: row.title,
        document: 'id',
        name: { vi: 'Giấy tờ tùy thân của người nộp', en: null },
        reason: 'Cơ sở dữ liệu dân cư không trả lời',
        received_at: row.received,
        due: row.due,
      }));
  return {
    of: (filing, document) => settled.get(key(filing, document)) ?? null,
    lookup_list: waiting,
    lookup_settle: ({ filing, document, found, note }) => {
      settled.set(key(filing, document), { outcome: found, note });
      return waiting();
    },
  };
}
