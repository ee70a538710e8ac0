import { emptyValues } from '../empty';
import { fold } from '../../frame/fold';
import type { Commands, DraftValues, PadView, ProcedureHit, ProcedureView, SlipView } from '../api.gen';
import { procedures } from './catalogue';
import { sketch } from './draw';

type Wanted =
  | 'procedure_find'
  | 'procedure_get'
  | 'procedure_pin'
  | 'procedure_offer'
  | 'procedure_nickname'
  | 'pad_list'
  | 'pad_reserve'
  | 'pad_open'
  | 'pad_void'
  | 'slip_issue'
  | 'slip_preview'
  | 'slip_picture'
  | 'slip_print'
  | 'slip_open'
  | 'slip_list'
  | 'guidance_picture'
  | 'guidance_open'
  | 'guidance_print';

type Sheets = {
  [K in Wanted]: (args: Commands[K]['args']) => Promise<Commands[K]['out']> | Commands[K]['out'];
};

const hit = (one: ProcedureView): ProcedureHit => ({
  code: one.code,
  title: one.title,
  field: one.field,
  term_text: one.term_text,
  fee_text: one.fee_text,
  nickname: one.nickname,
  last_used: one.code === '2.000635',
  offered: one.offered,
  pinned: one.pinned,
  review: one.review.length > 0,
  checked: one.checked,
  until: one.until,
  ministry: '',
});

/** Procedures, printed sheets, slips and guidance of the fake desk. */
export function sheets(now: string, unknown: () => never): Sheets {
  const pads: PadView[] = [];
  const slips: SlipView[] = [];
  const of = (code: string) => procedures.find((one) => one.code === code) ?? unknown();
  const paper = (values: DraftValues, scale: number, title: string) =>
    sketch(values, procedures.find((one) => one.code === values.procedure) ?? null, scale, title);
  return {
    procedure_find: ({ query, all }) => {
      const typed = fold(query.trim());
      const found = procedures.filter(
        (one) => !typed || fold(`${one.title.vi} ${one.code} ${one.nickname ?? ''}`).includes(typed),
      );
      const offered = found.filter((one) => one.offered);
      return {
        hits: (all ? found : offered).map(hit),
        more_elsewhere: all ? 0 : found.length - offered.length + (typed ? 12 : 0),
      };
    },
    procedure_get: ({ code }) => structuredClone(of(code)),
    procedure_pin: ({ code, pinned }) => hit(Object.assign(of(code), { pinned })),
    procedure_offer: ({ codes, offered }) => {
      codes.forEach((code) => Object.assign(of(code), { offered }));
      return procedures.filter((one) => one.offered).length;
    },
    procedure_nickname: ({ code, nickname }) => hit(Object.assign(of(code), { nickname: nickname || null })),
    pad_list: () => structuredClone(pads),
    pad_reserve: ({ count }) => {
      for (let made = 0; made < count; made += 1) {
        const number = String(101 + pads.length);
        pads.push({
          code: `H15.50.05.13-261123-0${number}`,
          taken_up: false,
          form_number: Number(number),
          day: now.slice(0, 10),
          state: 'blank',
          reason: '',
          filing: null,
        });
      }
      return structuredClone(pads);
    },
    pad_open: () => 'printed',
    pad_void: ({ code, reason }) => {
      const pad = pads.find((one) => one.code === code);
      if (pad) Object.assign(pad, { state: 'voided', reason });
      return structuredClone(pads);
    },
    slip_issue: ({ values, form, reason }) => {
      const procedure = of(values.procedure);
      const absent = values.papers.filter((one) => one.state === null || one.state === 'missing');
      const slip: SlipView = {
        id: `slip-${slips.length}`,
        form,
        number: slips.length + 1,
        applicant: values.applicant.name,
        title: procedure.title,
        issued: now,
        items: procedure.documents
          .filter((one) => absent.some((paper) => paper.document === one.id))
          .map((one) => one.name.vi),
        reason,
        stored: true,
      };
      slips.unshift(slip);
      return slip;
    },
    slip_preview: ({ values, form, scale }) => paper(values, scale, form),
    slip_picture: ({ slip, scale }) => paper(emptyValues(), scale, slip),
    slip_print: () => 'no_printer',
    slip_open: () => 'printed',
    slip_list: ({ limit }) => slips.slice(0, limit),
    guidance_picture: ({ code, scale }) => paper({ ...emptyValues(), procedure: code }, scale, code),
    guidance_open: () => 'printed',
    guidance_print: () => 'no_printer',
  };
}
