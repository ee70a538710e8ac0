import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FluentResource } from '@fluent/bundle';
import { describe, expect, it } from 'vitest';
import { errorWords } from '../errors';
import { keys } from '../keys';
import { format } from './catalogue';

const folder = join(import.meta.dirname, '../../../../assets/i18n');
const source = (name: string) => readFileSync(join(folder, `${name}.ftl`), 'utf8');
const entries = (name: string) =>
  [...source(name).matchAll(/^([a-z][a-z0-9_-]*) *=/gm)].map((hit) => hit[1]!);

const asked = new Map<string, Map<string, Set<string>>>();

/** The names of the variables that a message uses. */
function variables(name: string): Map<string, Set<string>> {
  const known = asked.get(name);
  if (known) return known;
  const found = new Map<string, Set<string>>();
  let key = '';
  for (const line of source(name).split('\n')) {
    key = /^([a-z][a-z0-9_-]*) *=/.exec(line)?.[1] ?? key;
    for (const hit of line.matchAll(/\$([a-z_]+)/g)) {
      found.set(key, (found.get(key) ?? new Set()).add(hit[1]!));
    }
  }
  asked.set(name, found);
  return found;
}

describe('the message catalogues', () => {
  it('have the same keys in Vietnamese and English, so that no screen falls back to the other language', () => {
    expect(entries('en')).toEqual(entries('vi'));
  });

  it('name no key twice, since the second would silently win', () => {
    const all = entries('vi');
    expect(all.filter((key, index) => all.indexOf(key) !== index)).toEqual([]);
  });

  it('ask for the same variables in both languages, so that no fact is missing from one of them', () => {
    const vi = variables('vi');
    const en = variables('en');
    for (const key of entries('vi')) {
      expect([...(en.get(key) ?? [])].sort(), key).toEqual([...(vi.get(key) ?? [])].sort());
    }
  });

  it('parse wholly: a broken line would make a key disappear from the screen', () => {
    for (const name of ['vi', 'en'] as const) {
      const parsed = new Set([...new FluentResource(source(name)).body].map((message) => message.id));
      expect(entries(name).filter((key) => !parsed.has(key))).toEqual([]);
      for (const key of entries(name)) expect(format(name, key, args(key)), key).toBeTruthy();
    }
  });

  it('count in English: of one thing nobody reads "1 papers are", wherever a number can be one', () => {
    const counts = new Set(['n', 'all', 'done', 'missing', 'total', 'changes']);
    const ofOne = entries('en').map((key) => {
      const names = [...(variables('en').get(key) ?? [])];
      return format('en', key, Object.fromEntries(names.map((name) => [name, counts.has(name) ? 1 : '…'])));
    });
    const plural =
      /\b1 (?!is|was|needs|differs|looks|depends)(?:(?:blank|more|working) )?[a-z]+s\b|\bare 1\b/;
    expect(ofOne.filter((text) => plural.test(text ?? ''))).toEqual([]);
    expect(
      ofOne.filter((text) => /^(.+)\s+\1$/s.test(text ?? '')),
      'nothing is said twice',
    ).toEqual([]);
    for (const told of [
      '1 papers are not here yet',
      '1 blank sheets left',
      'there are 1',
      '0 of 1 documents',
    ])
      expect(plural.test(told), told).toBe(true);
  });

  it('are normalised, so that search and comparison find every letter', () => {
    for (const name of ['vi', 'en']) expect(source(name)).toBe(source(name).normalize('NFC'));
  });

  it('never say the bare word "trung tâm" about sync: the three places have their own names', () => {
    const lines = source('vi')
      .split('\n')
      .filter((line) => /^(sync|status|link|where|attention)-/.test(line));
    expect(lines.filter((line) => /trung tâm/i.test(line))).toEqual([]);
  });

  it('have every key that a page or a table asks for by its code', () => {
    const known = new Set(entries('vi'));
    const codes: Record<string, string[]> = {
      problem:
        'required too_long control_characters not_a_date in_future too_old id_not_digits id_length id_unknown_province phone_not_digits phone_length phone_prefix email unknown_procedure needs_reason number not_a_number number_range not_a_choice in_past tax_code passport nationality withdrawn not_yet unknown_pad pad_used not_a_time too_long_ago other_day'.split(
          ' ',
        ),
      warning:
        'id_sex_differs id_birth_differs id_old no_id_number paper_missing undrawable no_tax_code no_authority no_case field_missing'.split(
          ' ',
        ),
      doubt:
        'unit_missing number_glued_to_fee time_not_understood cell_and_text_disagree amount_implausible fee_not_understood bracket_open no_ways papers_not_split count_glued paper_unnamed paper_without_count copy_or_original numbers_differ remark_counted shown_or_submitted time_not_stated several_times no_result not_at_counter fee_not_read'.split(
          ' ',
        ),
      'fee-gap':
        'set_by_province unstated event_date copies pages persons matters not_a_number two_currencies'.split(
          ' ',
        ),
      fee: 'free per_copy flat on_time set_by_province unstated'.split(' '),
      'fee-note': 'free in_time late pages capped exempt'.split(' '),
      'filled-from':
        'applicant applicant_birth applicant_sex applicant_id applicant_passport applicant_nationality applicant_address applicant_phone submitter office_place today'.split(
          ' ',
        ),
      review: 'term fee papers ways'.split(' '),
      unit: 'same_day working_days days months hours'.split(' '),
      way: 'direct online post'.split(' '),
      'pad-state': 'blank used voided'.split(' '),
      'time-line':
        'received form_rendered printed opened sent code_bound numbered looked_up_found looked_up_missing status decided decided_against'.split(
          ' ',
        ),
      attention:
        'quarantined provisional_number receipt_missing calendar_unpublished clock_doubt fork refused numbers_stopped store_restored other_machine canary_lost canary_unwritten salvage_waiting numbers_missing centre_not_secure peer_unapplied peer_newer peer_changed contradicted feed_lost document_damaged document_newer staff_last fact_refused'.split(
          ' ',
        ),
      link: 'unknown offline portal server_down online refused fork locked not_enrolled'.split(' '),
      'document-part': 'calendar tariff units catalogue'.split(' '),
      'document-lead': 'calendar tariff units'.split(' '),
      'document-day': 'working rest off make_up'.split(' '),
      'document-wrong':
        'other shape other_part other_zone no_history weekday not_a_date not_a_time hours_order zone year_order wrong_year published day_twice make_up_is_off make_up_is_working no_name no_working_day amount below_zero currency one_rate twice unknown_procedure unknown_item units_empty units_code units_twice units_name units_kind units_unknown units_order units_partial units_hints'.split(
          ' ',
        ),
      'document-change':
        'other published_now unpublished_now hours day fee fee_new fee_gone rate communes commune commune_new commune_gone'.split(
          ' ',
        ),
      'due-whose': 'vietnam host both office'.split(' '),
      print: 'printed no_printer unreachable refused'.split(' '),
      damage: 'damaged newer_schema foreign_store missing broken_chain in_use disk'.split(' '),
      bound: 'all some none'.split(' '),
      filter: 'all today due_today overdue result_ready supplement_asked not_at_centre look_up_later'.split(
        ' ',
      ),
      'paper-state': 'original copy certified shown from_database not_reachable missing'.split(' '),
    };
    const missing = Object.entries(codes).flatMap(([area, list]) =>
      list.map((code) => `${area}-${code.replaceAll('_', '-')}`).filter((key) => !known.has(key)),
    );
    expect(missing).toEqual([]);
  });
});

describe('keys that nothing says', () => {
  it('do not pile up: each key is named in the code, or belongs to a family that is named by a code', () => {
    const root = join(import.meta.dirname, '../..');
    const code = readdirSync(root, { recursive: true })
      .map(String)
      .filter((path) => /\.(ts|svelte)$/.test(path) && !/keys\.gen|\.test\.|fake/.test(path))
      .map((path) => readFileSync(join(root, path), 'utf8'))
      .join('\n');
    const families = [...code.matchAll(/coded\(\s*'([a-z-]+)'/g)].map((hit) => `${hit[1]}-`);
    // What only paper says: forms, the recovery paper, the guidance printed on them.
    const paper = ['form01-', 'form02-', 'form03-', 'guidance-', 'recovery-paper-'];
    const elsewhere = [...paper, 'weekday-', 'bytes-', 'due-'];
    const silent = entries('vi').filter(
      (key) =>
        !code.includes(`'${key}'`) && ![...families, ...elsewhere].some((family) => key.startsWith(family)),
    );
    expect(silent).toEqual([]);
  });
});

describe('texts outside the catalogues', () => {
  it('do not exist: no page or component has Vietnamese letters or English sentences in its markup', () => {
    const root = join(import.meta.dirname, '../..');
    const guilty: string[] = [];
    for (const entry of readdirSync(root, { recursive: true })) {
      const path = String(entry);
      if (!path.endsWith('.svelte') || path.includes('gallery')) continue;
      const markup = readFileSync(join(root, path), 'utf8')
        .replace(/<script[\s\S]*?<\/script>|<style[\s\S]*?<\/style>|<!--[\s\S]*?-->/g, '')
        .replace(/\{[^{}]*\}|&[a-z]+;/g, '');
      for (const hit of markup.matchAll(/>([^<>{}]*)</g)) {
        if (/\p{L}{3,}/u.test(hit[1]!)) guilty.push(`${path}: ${hit[1]!.trim()}`);
      }
    }
    expect(guilty).toEqual([]);
  });
});

describe('tables that name texts', () => {
  it('name texts that exist: every error and every key can be said', () => {
    const known = new Set(entries('vi'));
    const named = [
      ...Object.values(errorWords).flatMap((words) => Object.values(words)),
      ...keys.map((key) => key.label),
      ...keys.flatMap((key) => key.caps.filter((cap) => cap.startsWith('cap-'))),
    ];
    expect(named.filter((key) => !known.has(key))).toEqual([]);
  });
});

function args(key: string): Record<string, string | number> {
  return Object.fromEntries([...(variables('vi').get(key) ?? [])].map((name) => [name, 2]));
}
