import type { DocumentView, DueCellView, DueView, PersonValues, TimeLineItem } from '../lib/host';
import { emptyIdentity } from '../lib/host';

/** What the gallery's components are filled with: the hardest letters, long names, a due date over a holiday. */
export const hardName = 'NGUYỄN THỊ ỪNG';

export const person: PersonValues = {
  person: 'p1',
  name: "H'Hen Niê Ƀŏk Êban",
  birth: '12/05/1992',
  sex: 'female',
  id_number: '066192004321',
  address: 'Buôn Tring, xã Ea Tul, tỉnh Đắk Lắk',
  phone: '',
  email: '',
  identity: emptyIdentity(),
};

const cell = (
  date: string,
  kind: DueCellView['kind'],
  nth: number | null = null,
  off: string | null = null,
): DueCellView => ({
  date,
  kind,
  nth,
  off: off ? { vi: off, en: 'Vietnam Culture Day' } : null,
  whose: null,
  make_up: false,
  after_cutoff: false,
});

export const due: DueView = {
  at: '2026-12-03T17:00:00',
  received: '2026-11-23T10:42:00',
  term: { kind: 'working_days', n: 7 },
  cells: [
    cell('2026-11-23', 'received'),
    cell('2026-11-24', 'off', null, 'Ngày Văn hóa Việt Nam'),
    cell('2026-11-25', 'counted', 1),
    cell('2026-11-26', 'counted', 2),
    cell('2026-11-27', 'counted', 3),
    cell('2026-11-28', 'off'),
    cell('2026-11-29', 'off'),
    cell('2026-11-30', 'counted', 4),
    cell('2026-12-01', 'counted', 5),
    cell('2026-12-02', 'counted', 6),
    cell('2026-12-03', 'due', 7),
  ],
  starts_next_working_day: false,
  moved_from: null,
  published: true,
  calendar: 1,
};

/** The same day, after 15:00, over a year whose calendar is not published. */
export const dueAfterCut: DueView = {
  ...due,
  at: '2027-01-04T17:00:00',
  received: '2026-12-31T15:20:00',
  term: { kind: 'same_day', n: 0 },
  cells: [
    { ...cell('2026-12-31', 'received'), after_cutoff: true },
    cell('2027-01-01', 'off', null, 'Tết Dương lịch'),
    cell('2027-01-02', 'off'),
    cell('2027-01-03', 'off'),
    cell('2027-01-04', 'due', 1),
  ],
  starts_next_working_day: true,
  published: false,
};

export const document: DocumentView = {
  id: 'home',
  name: { vi: 'Giấy tờ chứng minh chỗ ở hợp pháp', en: 'Proof of lawful residence' },
  originals: 1,
  copies: 0,
  choice: false,
  shown_only: false,
  when: null,
  case: null,
  doubts: [],
};

export const conditional: DocumentView = {
  ...document,
  id: 'authority',
  name: { vi: 'Văn bản ủy quyền', en: 'Authorisation' },
  when: { vi: 'được ủy quyền đi nộp', en: 'someone files on behalf' },
};

export const doubted: DocumentView = {
  ...document,
  id: 'doubted',
  name: { vi: 'Đơn đề nghị cấp phép bay', en: 'Application for an overflight permit' },
  originals: 0,
  doubts: ['paper_without_count'],
};

export const happened: TimeLineItem[] = [
  { at: '2026-11-23T10:42:00', code: 'received', who: 'Hoàng Thị Lan', params: {}, changes: [] },
  { at: '2026-11-23T10:42:01', code: 'form_rendered', who: '', params: {}, changes: [] },
  { at: '2026-11-23T10:42:04', code: 'printed', who: 'Hoàng Thị Lan', params: {}, changes: [] },
  { at: '2026-11-23T11:02:30', code: 'sent', who: '', params: {}, changes: [] },
];

export const money = { minor: '20000', currency: 'VND', text: '20.000 đ', words: 'hai mươi nghìn đồng' };

export const rows = [
  {
    id: '1',
    code: 'H15.50.05.13-261123-0023',
    name: hardName,
    due: '03/12',
    place: 'this_machine' as const,
    counter: null,
    unpaid: false,
  },
  {
    id: '2',
    code: 'H15.50.05.13-261123-0022',
    name: person.name,
    due: '25/11',
    place: 'office' as const,
    counter: null,
    unpaid: false,
  },
  {
    id: '3',
    code: 'H15.50.05.13-261123-0021',
    name: 'Vàng A Páo',
    due: '23/11',
    place: 'centre' as const,
    counter: 'Quầy 2',
  },
];

/** A sheet with lines where words would be: the gallery has no desk that could draw a receipt. */
export async function sheetPicture(): Promise<Blob> {
  const canvas = new OffscreenCanvas(592, 840);
  const pen = canvas.getContext('2d');
  if (!pen) return new Blob();
  pen.fillStyle = 'white';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = 'black';
  [210, 150, 0, 330, 0, 440, 380, 460, 300, 450, 410, 0, 360, 420, 280].forEach((width, index) => {
    pen.fillRect(64, 72 + index * 44, width, 10);
  });
  return await canvas.convertToBlob({ type: 'image/png' });
}
