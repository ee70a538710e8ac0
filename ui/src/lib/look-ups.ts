import type { FilingRow, FilingView, LookUpView } from './host/api.gen';

/** The waiting papers of the filings that the clerk's words found; all of them where nothing was typed. */
export function ofFound(papers: LookUpView[], found: FilingRow[], typed: string): LookUpView[] {
  if (typed.trim() === '') return papers;
  const ids = new Set(found.map((row) => row.id));
  return papers.filter((paper) => ids.has(paper.filing));
}

/** The papers of a list that wait yet, by what a filing's page says of its own. */
export function stillWaiting(papers: LookUpView[], view: Pick<FilingView, 'row' | 'papers'>): LookUpView[] {
  const waits = new Set(view.papers.filter((paper) => paper.waits).map((paper) => paper.document));
  return papers.filter((paper) => paper.filing !== view.row.id || waits.has(paper.document));
}
