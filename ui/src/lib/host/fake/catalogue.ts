import type { DocumentView, FeeView, MoneyView, ProcedureView, TermKind } from '../api.gen';

const text = (vi: string, en: string | null = null) => ({ vi, en });

/** Đồng as the desk would give them. */
export function dong(n: number): MoneyView {
  const words: Record<number, string> = {
    8000: 'tám nghìn đồng',
    16000: 'mười sáu nghìn đồng',
    20000: 'hai mươi nghìn đồng',
  };
  return { minor: String(n), currency: 'VND', text: `${n.toLocaleString('vi-VN')} đ`, words: words[n] ?? '' };
}

function paper(
  id: string,
  vi: string,
  en: string,
  how: 'original' | 'shown' | 'copy' = 'original',
  when: [string, string] | null = null,
): DocumentView {
  return {
    id,
    name: text(vi, en),
    originals: how === 'copy' ? 0 : 1,
    copies: how === 'copy' ? 1 : 0,
    choice: false,
    shown_only: how === 'shown',
    when: when && text(...when),
    case: null,
    doubts: [],
  };
}

const identity = paper('id', 'Giấy tờ tùy thân của người nộp', 'Identity paper of the submitter', 'shown');
const authority = paper('authority', 'Văn bản ủy quyền', 'Authorisation', 'original', [
  'được ủy quyền đi nộp',
  'someone files on behalf',
]);

/** Nicknames as clerks say them. */
export const nicknames: Record<string, string> = {
  '1.001193': 'ks',
  '2.000635': 'tl',
  '1.004222': 'tt',
  '1.004873': 'tthn',
  '1.000894': 'kh',
};

function procedure(
  code: string,
  title: [string, string],
  field: [string, string],
  term: [TermKind, number, string],
  fee: [FeeView, string],
  documents: DocumentView[],
): ProcedureView {
  return {
    code,
    version: 1,
    term_known: true,
    asks: fee[0].kind === 'per_copy' ? ['copies'] : fee[0].kind === 'set_by_province' ? ['amount'] : [],
    exemptions: [],
    requested: [],
    cases: [],
    fields: [],
    checked: true,
    review: [],
    ways: [],
    from: '2026-07-01',
    until: null,
    replaced_by: null,
    pinned: false,
    offered: true,
    nickname: nicknames[code] ?? null,
    source: '',
    note: '',
    title: text(...title),
    field: text(...field),
    decision: '163/QĐ-BTP',
    agency: 'UBND cấp xã',
    term: { kind: term[0], n: term[1] },
    term_text: term[2],
    fee: fee[0],
    fee_text: fee[1],
    documents,
  };
}

const rule = (
  kind: FeeView['kind'],
  amount: MoneyView | null = null,
  each: MoneyView | null = null,
): FeeView => ({
  kind,
  amount,
  each,
  lines: [],
  gaps: [],
  currency: 'VND',
});
const free = rule('free');
const civil: [string, string] = ['Hộ tịch', 'Civil status'];

export const procedures: ProcedureView[] = [
  procedure(
    '1.001193',
    ['Đăng ký khai sinh', 'Birth registration'],
    civil,
    ['same_day', 0, 'Trong ngày'],
    [rule('on_time'), 'Miễn phí đúng hạn'],
    [
      paper('form', 'Tờ khai đăng ký khai sinh theo mẫu', 'Birth registration form'),
      paper('birth', 'Giấy chứng sinh', 'Certificate of live birth'),
      authority,
      identity,
    ],
  ),
  procedure(
    '2.000635',
    ['Cấp bản sao Trích lục hộ tịch, bản sao Giấy khai sinh', 'Copy of a civil status extract'],
    civil,
    ['same_day', 0, 'Trong ngày'],
    [rule('per_copy', null, dong(8000)), '8.000 đ/bản'],
    [
      paper('form', 'Tờ khai đề nghị cấp bản sao trích lục', 'Application for a copy of an extract'),
      authority,
      identity,
    ],
  ),
  procedure(
    '1.004222',
    ['Đăng ký thường trú', 'Registration of permanent residence'],
    ['Đăng ký, quản lý cư trú', 'Residence'],
    ['working_days', 7, '7 ngày làm việc'],
    [rule('flat', dong(20000)), '20.000 đ'],
    [
      paper('ct01', 'Tờ khai thay đổi thông tin cư trú (mẫu CT01)', 'Change of residence form CT01'),
      paper('home', 'Giấy tờ chứng minh chỗ ở hợp pháp', 'Proof of lawful residence', 'shown'),
      paper(
        'lease',
        'Hợp đồng thuê, mượn, ở nhờ được công chứng hoặc chứng thực',
        'Certified lease or loan of a home',
        'copy',
        ['thuê, mượn, ở nhờ', 'rented or borrowed home'],
      ),
    ],
  ),
  procedure(
    '1.004873',
    ['Cấp Giấy xác nhận tình trạng hôn nhân', 'Certificate of marital status'],
    civil,
    ['working_days', 3, '3 ngày làm việc'],
    [rule('set_by_province'), 'Theo mức HĐND tỉnh'],
    [
      paper('form', 'Tờ khai cấp Giấy xác nhận tình trạng hôn nhân', 'Application for the certificate'),
      authority,
      identity,
    ],
  ),
  procedure(
    '1.000894',
    ['Đăng ký kết hôn', 'Registration of marriage'],
    civil,
    ['same_day', 0, 'Trong ngày'],
    [free, 'Miễn phí'],
    [
      paper('form', 'Tờ khai đăng ký kết hôn', 'Marriage registration form'),
      paper('status', 'Giấy xác nhận tình trạng hôn nhân', 'Certificate of marital status', 'original', [
        'CSDL chưa có thông tin',
        'the database has nothing',
      ]),
      identity,
    ],
  ),
  procedure(
    '1.010041',
    ['Xác nhận thông tin về cư trú', 'Confirmation of residence'],
    ['Đăng ký, quản lý cư trú', 'Residence'],
    ['working_days', 1, '1 ngày làm việc'],
    [free, 'Miễn phí'],
    [paper('ct01', 'Tờ khai thay đổi thông tin cư trú (mẫu CT01)', 'Change of residence form CT01')],
  ),
];

const birth = procedures[0];
if (birth) {
  const own = { min: null, max: null, limit: null, options: [], autofill: null, case: null };
  birth.cases = [
    { id: 'in_time', label: text('Trong hạn 60 ngày', 'Within 60 days') },
    { id: 'late', label: text('Quá hạn', 'Late') },
  ];
  birth.fields = [
    { ...own, id: 'child', label: text('Trẻ được khai sinh', 'The child'), kind: 'person', usual: true },
    {
      ...own,
      id: 'place',
      label: text('Nơi sinh', 'Place of birth'),
      kind: 'place',
      usual: true,
      autofill: 'office_place',
    },
  ];
}
