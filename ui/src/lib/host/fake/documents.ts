import type { OfficeDocumentReport, OfficeDocumentView, OfficePart } from '../api.gen';

const shipped = (part: OfficePart): OfficeDocumentView => ({
  id: '',
  part,
  from: null,
  title: '',
  set_at: null,
  by: '',
  by_centre: false,
  in_force: true,
  shipped: true,
  damaged: false,
  newer: false,
  awaited: false,
});

/** What the fake desk works by before anything is set. */
export const shippedDocuments = (): OfficeDocumentView[] => [
  shipped('calendar'),
  shipped('tariff'),
  shipped('units'),
  shipped('catalogue'),
];

/** Any JSON is right and any other text has a mistake in its first line. */
export function looked(part: OfficePart, text: string): OfficeDocumentReport {
  const ok = text.trim().startsWith('{');
  return {
    ok,
    title: ok ? '2' : '',
    from: null,
    lines: ok ? [] : [{ line: 1, code: 'shape', params: { detail: 'expected value' } }],
    changes:
      ok && part === 'calendar'
        ? [
            {
              line: null,
              code: 'day',
              params: { date: '04/01/2027', was: 'working', is: 'off', vi: 'Nghỉ bù', en: 'Day in lieu' },
            },
          ]
        : [],
    more: 0,
  };
}

/** With one more document: what was set last comes first. */
export function withDocument(
  documents: OfficeDocumentView[],
  part: OfficePart,
  from: string,
  title: string,
  isShipped: boolean,
): OfficeDocumentView[] {
  const one: OfficeDocumentView = {
    ...shipped(part),
    id: String(documents.length),
    from,
    title,
    set_at: '2026-11-23T08:02:00',
    by: 'Trần Thị Thu Hà',
    shipped: isShipped,
  };
  const at = documents.findIndex((known) => known.part === part);
  const rest = documents.map((known) => (known.part === part ? { ...known, in_force: false } : known));
  return [...rest.slice(0, at), one, ...rest.slice(at)];
}
