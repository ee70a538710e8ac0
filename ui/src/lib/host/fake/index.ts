import type {
  AppState,
  Commands,
  DraftValues,
  ErrorCode,
  FilingAct,
  FilingRow,
  FilingView,
  MessageView,
  Phase,
  Rekey,
  SyncState,
} from '../api.gen';
import type { Hints, Host } from '../types';
import { emptyValues } from '../empty';
import { fold } from '../../frame/fold';
import { actsOf, becomes } from './acts';
import { check } from './check';
import { procedures } from './catalogue';
import { sketch } from './draw';
import { due } from './due';
import { people, seeded } from './people';
import { lookUps } from './look-ups';
import { money } from './money';
import { register } from './register';
import { quiet } from './quiet';
import { sheets } from './sheets';
import { upkeep } from './upkeep';
import { till } from './till';

/**
 * A desk made of memory: for the maker's dev server, the gallery and unit tests. Never in a build.
 * The address chooses the scene: `?phase=`, `?demo=0`, `?lang=`, `?theme=`, `?zoom=`, `?link=`, `?empty`.
 */
const now = '2026-11-23T10:42:00';
const asked = new URLSearchParams(typeof location === 'undefined' ? '' : location.search);
const ask = (name: string, otherwise: string) => asked.get(name) ?? otherwise;

const staff = [
  { id: 'lan', name: 'Hoàng Thị Lan', role: 'clerk' as const },
  { id: 'niem', name: 'Y Niêm Mlô', role: 'clerk' as const },
  { id: 'tuan', name: 'Lê Anh Tuấn', role: 'supervisor' as const },
];
const permissions = 'receive find_filings print_receipt see_sync send_now manage_staff manage_office'.split(
  ' ',
);

const paperCode = '4821-0937-5516-2048-7719-3306';

const state: AppState = {
  turn: 0,
  phase: ask('phase', 'signed_out') as Phase,
  version: '0.1.0',
  demo: ask('demo', '1') === '1',
  office: {
    name: 'Trung tâm Phục vụ hành chính công xã Ea Tul',
    parent: 'UBND xã Ea Tul',
    place: 'Ea Tul',
    counter: 'Quầy 2',
    workstation: 'EATUL-Q2',
    mission: null,
  },
  staff,
  gone: [],
  session: null,
  clock: { proposed: '2026-11-23T07:31:00', last_event: '2026-11-20T16:48:12' },
  damage: {
    kind: 'damaged',
    reference: '7F3A-92C1',
    kept: ['onedoor.db', 'onedoor.db-wal'],
  },
  bound: ask('bound', 'all') as AppState['bound'],
  settings: {
    language: ask('lang', 'vi') as 'vi',
    theme: ask('theme', 'light') as 'light',
    zoom: Number(ask('zoom', '100')),
    paper: 'a5',
    printer: '',
    sounds: false,
    reader: '',
  },
  now,
};

const sign = (id: string) => {
  state.session = {
    clerk: staff.find((one) => one.id === id) ?? staff[0]!,
    since: now,
    left: false,
    permissions,
  };
};
if (!['signed_out', 'first_start', 'damaged'].includes(state.phase)) sign('lan');

const rows: FilingRow[] = asked.has('empty') ? [] : seeded();
const lookedUp = lookUps(rows, now);
const fees = money(now, state, () => hint('changed'));
const officials = new Map<string, string>();
const ticked = new Map<string, Set<string>>();
const stored = new Map<string, DraftValues>();
const drafts = new Map<string, { values: DraftValues; before: DraftValues | null; kept: string | null }>();
const hears = new Map<string, Set<(hint: never) => void>>();
let next = 24;

function fail(code: ErrorCode, params: Record<string, string> = {}): never {
  throw { code, params, retryable: false, reference: '4C1D-88E0' };
}

function hint(event: keyof Hints): void {
  hears.get(event)?.forEach((hear) => hear({ tags: [] } as never));
}

const procedureOf = (code: string) => procedures.find((one) => one.code === code) ?? null;
const clerk = () => state.session?.clerk.id ?? '';

function draftOf() {
  const mine = drafts.get(clerk()) ?? { values: emptyValues(), before: null, kept: null };
  drafts.set(clerk(), mine);
  return {
    id: `draft-${clerk()}`,
    values: structuredClone(mine.values),
    kept_at: mine.kept,
    can_undo: mine.before !== null,
  };
}

function filingView(id: string): FilingView {
  const row = rows.find((one) => one.id === id) ?? fail('filing_unknown');
  const procedure = procedureOf(row.procedure);
  const person =
    people.find((one) => one.name === row.applicant) ?? stored.get(id)?.applicant ?? emptyValues().applicant;
  const at = row.received;
  const lines = ['received', 'form_rendered', 'printed', ...(row.place === 'centre' ? ['sent'] : [])];
  return lookedUp.onPage({
    row,
    applicant: person,
    papers: (procedure?.documents ?? []).map((one) => ({
      document: one.id,
      name: one.name,
      state: one.shown_only ? 'shown' : 'original',
      copies: one.originals,
      reason: '',
      waits: false,
      looked_up: null,
    })),
    due: procedure && due(row.received, procedure.term),
    fee: procedure?.fee ?? null,
    give_back: 'at_counter',
    clerk: 'Hoàng Thị Lan',
    hash8: '9f31c0de',
    receipt_stored: true,
    receipt_let_go: null,
    time_line: lines.map((code) => ({
      at,
      code,
      who: code === 'sent' ? '' : 'Hoàng Thị Lan',
      params: {},
      changes: [],
    })),
    cases: procedure?.cases.slice(0, 1).map((one) => one.label) ?? [],
    fields: [],
    behalf: null,
    exemption: '',
    entered: null,
    term_by_clerk: false,
    official: officials.get(id) ?? null,
    can_number: row.provisional && !officials.has(id),
    acts: actsOf(row.status),
    slips: [],
    superseded: [],
  });
}

function moved(filing: string, act: FilingAct): FilingView {
  const row = rows.find((one) => one.id === filing);
  if (row) row.status = becomes[act];
  hint('changed');
  return filingView(filing);
}

function rekey(filing: string): Rekey {
  const view = filingView(filing);
  const own = (id: string, vi: string, en: string, value: string) => ({
    id,
    label: { vi, en },
    value,
    done: ticked.get(filing)?.has(id) ?? false,
  });
  return {
    system: { vi: 'Hệ thống của tỉnh', en: 'The province’s system' },
    fields: [
      own('name', 'Họ và tên', 'Full name', view.applicant.name),
      own('id_number', 'Số định danh', 'Personal number', view.applicant.id_number),
      own('address', 'Địa chỉ', 'Address', view.applicant.address),
    ],
    official: view.official,
  };
}

let paused = asked.has('paused');
let papers: { metered: boolean; hours: SyncState['paper_hours'] } = { metered: false, hours: null };

let messages: MessageView[] = asked.has('message')
  ? [
      {
        id: 'message-1',
        at: '2026-11-23T07:35:00',
        from: 'Sở Tư pháp',
        text: 'Từ ngày 01/12/2026 dùng mẫu tờ khai mới.',
        read: false,
      },
    ]
  : [];

function syncState(): SyncState {
  const here = rows.filter((row) => row.place === 'this_machine');
  return {
    link: ask('link', 'offline') as SyncState['link'],
    filings_here: here.length,
    lines_here: here.length * 3,
    bytes_here: String(here.length * 41_380),
    papers_here: here.length,
    paper_bytes_here: String(here.length * 48_200),
    filings_at_centre: rows.filter((row) => row.place === 'centre').length + 1743,
    sending: asked.has('sending'),
    paused,
    metered: papers.metered,
    paper_hours: papers.hours,
    papers_wait: papers.metered ? 'metered' : papers.hours ? 'hours' : null,
    done: 12,
    total: 27,
    paper_done: 1,
    paper_total: 3,
    unread: messages.filter((one) => !one.read).length,
    catching_up: null,
    scan_hours: null,
    numbers_until: '2027-05-22',
    disk: null,
    last_contact: '2026-11-20T16:51:00',
    next_try: '2026-11-23T10:44:00',
    next_try_in: 95,
    centre: 'https://mot-cua.daklak.example.vn',
    attention: asked.has('empty')
      ? []
      : [{ id: 'a1', code: 'quarantined', filing: 'filing-12', params: { code: rows[12]?.code ?? '' } }],
  };
}

type Desk = {
  [K in keyof Commands]: (args: Commands[K]['args']) => Promise<Commands[K]['out']> | Commands[K]['out'];
};

const desk: Desk = {
  app_state: () => structuredClone(state),
  settings_save: ({ settings }) => (state.settings = settings),
  staff_first: ({ name, password }) => {
    if (!name) fail('name_required');
    if (password.length < 8) fail('password_too_short');
    state.phase = 'enrol';
    sign('tuan');
    return { recovery_code: paperCode, state: structuredClone(state) };
  },
  enrol_by_code: ({ request }) => {
    if (request.code !== '1234') fail('code_unknown');
    state.phase = 'signed_in';
    return structuredClone(state);
  },
  enrol_by_ticket: () => fail('ticket_invalid'),
  session_sign_in: ({ clerk: id, password }) => {
    if (!state.demo && password !== 'mot cua') fail('wrong_password', { wait: '4' });
    sign(id);
    state.phase = 'signed_in';
    return structuredClone(state);
  },
  session_recover: () => fail('wrong_recovery_code'),
  session_lock: () => {
    state.phase = 'signed_out';
    state.session = null;
    return structuredClone(state);
  },
  session_confirm_clock: ({ at, again }) => {
    if (at < '2026-11-20T16:48' && !again) return 'behind_last_event';
    state.phase = 'signed_in';
    return 'confirmed';
  },
  staff_add: ({ name, role, password }) => {
    if (password.length < 8) fail('password_too_short');
    state.staff = [...state.staff, { id: name, name, role }];
    return structuredClone(state);
  },
  staff_reset: () => structuredClone(state),
  recovery_new: ({ password }) =>
    password.length < 8 ? fail('wrong_password', { wait: '0' }) : { recovery_code: paperCode },
  recovery_picture: ({ recovery_code, scale }) => sketch(emptyValues(), null, scale, recovery_code),
  recovery_open: () => 'printed',
  ...sheets(now, () => fail('procedure_unknown')),
  ...register(rows),
  draft_get: () => draftOf(),
  draft_save: ({ values }) => {
    drafts.set(clerk(), { values: structuredClone(values), before: null, kept: now });
    return draftOf();
  },
  draft_clear: () => {
    drafts.set(clerk(), { values: emptyValues(), before: drafts.get(clerk())?.values ?? null, kept: null });
    return draftOf();
  },
  draft_undo: () => {
    const before = drafts.get(clerk())?.before;
    if (before) drafts.set(clerk(), { values: before, before: null, kept: now });
    return draftOf();
  },
  filing_check: ({ values }) => check(values, procedureOf(values.procedure), now, rows),
  receipt_preview: ({ values, scale }) => sketch(values, procedureOf(values.procedure), scale),
  filing_receive: ({ values, keep_person }) => {
    if (ask('fail', '') === 'disk') fail('disk_full');
    const procedure = procedureOf(values.procedure);
    const said = check(values, procedure, now, rows);
    if (!procedure || !said.due || said.problems.length > 0) fail('fields_wrong');
    const number = next++;
    const row: FilingRow = {
      ...seeded()[0]!,
      id: `filing-new-${number}`,
      code: `H15.50.05.13-261123-${String(number).padStart(4, '0')}`,
      procedure: procedure.code,
      title: procedure.title,
      applicant: values.applicant.name,
      birth: values.applicant.birth,
      received: now,
      due: said.due.at,
      status: 'received',
      place: 'this_machine',
      late: false,
      due_today: false,
      counter: null,
      unpaid: true,
    };
    rows.unshift(row);
    stored.set(row.id, structuredClone(values));
    const kept = { ...emptyValues(), applicant: keep_person ? values.applicant : emptyValues().applicant };
    drafts.set(clerk(), { values: kept, before: null, kept: null });
    hint('changed');
    return {
      filing: row,
      due: said.due,
      hash8: '9f31c0de',
      receipt_stored: true,
      draft: draftOf(),
      committed_ms: 9,
      pdf_ms: 14,
    };
  },
  filing_list: ({ filter, query, limit }) => {
    const typed = fold(query);
    const fits = (row: FilingRow) =>
      ({
        all: true,
        today: row.received.startsWith('2026-11-23'),
        due_today: row.due_today,
        overdue: row.late,
        result_ready: row.status === 'result_ready',
        supplement_asked: row.status === 'supplement_asked',
        not_at_centre: row.place !== 'centre',
        unpaid: fees.isUnpaid(row.id),
        look_up_later: lookedUp.waiting().some((one) => one.filing === row.id),
      })[filter];
    return rows
      .filter((row) => fits(row) && fold(`${row.code} ${row.applicant} ${row.title.vi}`).includes(typed))
      .slice(0, limit);
  },
  filing_get: ({ id }) => filingView(id),
  rekey_get: ({ filing }) => rekey(filing),
  rekey_tick: ({ filing, id, done }) => {
    const mine = ticked.get(filing) ?? new Set<string>();
    if (done) mine.add(id);
    else mine.delete(id);
    ticked.set(filing, mine);
    return rekey(filing);
  },
  rekey_bind: ({ filing, official }) => {
    officials.set(filing, official);
    return filingView(filing);
  },
  desk_counts: () => ({
    due_today: rows.filter((row) => row.due_today).length,
    overdue: rows.filter((row) => row.late).length,
    ready: rows.filter((row) => row.status === 'result_ready').length,
    supplement: rows.filter((row) => row.status === 'supplement_asked').length,
    not_at_centre: rows.filter((row) => row.place !== 'centre').length,
    today: rows.length === 0 ? 0 : next - 1,
    look_ups: lookedUp.waiting().length,
    unpaid: rows.filter((row) => fees.isUnpaid(row.id)).length,
    last: rows.slice(0, 5),
  }),
  receipt_picture: ({ filing, scale }) => {
    const view = filingView(filing);
    const papers = (procedureOf(view.row.procedure)?.documents ?? []).map((one) => ({
      document: one.id,
      state: 'original' as const,
      copies: 1,
      reason: '',
    }));
    return sketch(
      { ...emptyValues(), applicant: view.applicant, papers },
      procedureOf(view.row.procedure),
      scale,
      view.row.code,
    );
  },
  receipt_print: () => (state.settings.printer ? 'printed' : 'no_printer'),
  receipt_open: () => 'printed',
  receipt_bring: () => true,
  printer_list: () => [
    { id: 'canon', name: 'Canon LBP2900 (Quầy 2)', is_default: true, accepting: true },
    { id: 'brother', name: 'Brother HL-L2320D', is_default: false, accepting: false },
  ],
  sync_state: () => syncState(),
  sync_items: () =>
    rows.slice(0, 14).map((filing) => ({
      filing,
      lines: 3,
      bytes: '41380',
      state: filing.id === 'filing-12' ? 'quarantined' : filing.place === 'centre' ? 'at_centre' : 'waiting',
    })),
  sync_now: () => syncState(),
  sync_pause: ({ paused: stop }) => {
    paused = stop;
    return syncState();
  },
  number_give: ({ filing }) => {
    officials.set(filing, 'H15.50.05.13-261123-1042');
    return filingView(filing);
  },
  filing_act: ({ filing, act }) => moved(filing, act),
  filing_hand_over: ({ filing }) => moved(filing, 'hand_over'),
  filing_slip: ({ asked }) => moved(asked.filing, asked.act),
  filing_slip_preview: ({ asked, scale }) => sketch(emptyValues(), null, scale, asked.act),
  correct_begin: () => draftOf(),
  correct_end: () => draftOf(),
  filing_correct: () => fail('bad_request'),
  receipt_open_before: () => 'printed',
  filing_supplement: ({ filing }) => moved(filing, 'supplement'),
  message_list: () => messages,
  message_read: ({ id }) => {
    messages = messages.map((one) => (one.id === id ? { ...one, read: true } : one));
    return messages;
  },
  ...upkeep,
  sync_papers: ({ metered, hours }) => {
    papers = { metered, hours };
    return syncState();
  },
  ...fees.commands,
  ...quiet,
  ...till(now, staff),
  lookup_list: () => lookedUp.waiting(),
  lookup_settle: ({ filing, document, found, note }) => {
    lookedUp.settle(filing, document, found, note, state.session?.clerk.name ?? '');
    hint('changed');
    return filingView(filing);
  },
  find: ({ query }) => {
    const typed = fold(query);
    return [
      ...procedures
        .filter((one) => fold(one.title.vi).includes(typed))
        .slice(0, 3)
        .map((one) => ({ kind: 'procedure' as const, id: one.code, title: one.title.vi, note: one.code })),
      ...rows
        .filter((row) => fold(`${row.applicant} ${row.code}`).includes(typed))
        .slice(0, 5)
        .map((row) => ({
          kind: 'filing' as const,
          id: row.id,
          title: row.code,
          note: `${row.applicant} · ${row.title.vi}`,
        })),
      ...people
        .filter((one) => fold(one.name).includes(typed))
        .slice(0, 3)
        .map((one) => ({ kind: 'person' as const, id: one.person, title: one.name, note: one.birth })),
    ];
  },
};

export const fake: Host = {
  async call<K extends keyof Commands>(name: K, args: Commands[K]['args']) {
    return await (desk[name] as (args: Commands[K]['args']) => Promise<Commands[K]['out']>)(args);
  },
  listen<E extends keyof Hints>(event: E, hear: (hint: Hints[E]) => void) {
    const set = hears.get(event) ?? new Set();
    set.add(hear as (hint: never) => void);
    hears.set(event, set);
    return () => set.delete(hear as (hint: never) => void);
  },
};
