import type { FilingRow, FilingView, LookedUp, LookUpOutcome, LookUpView } from '../api.gen';

const reason = 'Cơ sở dữ liệu dân cư không trả lời';

/** Papers that wait to be looked up, as far as the fake desk has them, and what came of those that were. */
export function lookUps(rows: FilingRow[], now: string) {
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
        reason,
        received_at: row.received,
        due: row.due,
      }));
  return {
    waiting,
    /** What a filing's page says of its papers once they were looked up. */
    onPage(view: FilingView): FilingView {
      const papers = view.papers.map((paper) => {
        const looked_up = settled.get(key(view.row.id, paper.document)) ?? null;
        const waits = waiting().some((one) => one.filing === view.row.id && one.document === paper.document);
        if (!waits && !looked_up) return paper;
        return { ...paper, state: 'not_reachable' as const, copies: 0, reason, waits, looked_up };
      });
      const told = papers.flatMap(({ looked_up, name }) =>
        looked_up
          ? [
              {
                at: now,
                code: `looked_up_${looked_up.outcome}`,
                who: looked_up.who,
                params: { name: name.vi },
                changes: [],
              },
            ]
          : [],
      );
      return { ...view, papers, time_line: [...view.time_line, ...told] };
    },
    settle(filing: string, document: string, found: LookUpOutcome, note: string, who: string): void {
      settled.set(key(filing, document), { outcome: found, note, at: now, who });
    },
  };
}
