import { emptyIdentity, emptyPerson } from '../empty';
import { fold } from '../../frame/fold';
import type {
  AddressAnswer,
  AddressHit,
  CalendarDay,
  Commands,
  FilingRow,
  PersonRead,
  PersonValues,
} from '../api.gen';
import { looked, shippedDocuments, withDocument } from './documents';
import { people } from './people';

type Wanted =
  | 'person_find'
  | 'person_read'
  | 'person_get'
  | 'person_merge'
  | 'address_find'
  | 'address_modern'
  | 'office_documents'
  | 'office_document_check'
  | 'office_document_set'
  | 'office_document_again'
  | 'calendar_year'
  | 'reader_list';

type Register = { [K in Wanted]: (args: Commands[K]['args']) => Commands[K]['out'] };

const communes: AddressHit[] = [
  ['24412', 'xã Ea Tul', 'tỉnh Đắk Lắk', 'xã Ea Tul, huyện Cư M’gar'],
  ['24376', 'xã Cư M’gar', 'tỉnh Đắk Lắk', 'thị trấn Quảng Phú'],
  ['24133', 'phường Buôn Ma Thuột', 'tỉnh Đắk Lắk', 'phường Tân Lợi'],
  ['24490', 'xã Krông Năng', 'tỉnh Đắk Lắk', null],
].map(([commune, name, province, was]) => ({
  commune: commune ?? '',
  text: `${name}, ${province}`,
  province: province ?? '',
  was: was ?? null,
}));

/** Made up: a name with "huyện" in it is old, "Cư M’gar" alone lies in two communes. */
function modern(text: string): AddressAnswer {
  const typed = fold(text);
  const current = communes.find((one) => typed.includes(fold(one.text)));
  if (current) return { outcome: 'current', text, commune: current.commune, candidates: [] };
  if (typed.includes('ea tul')) {
    const head = text.split(',')[0] ?? '';
    return { outcome: 'one', text: `${head}, ${communes[0]!.text}`, commune: '24412', candidates: [] };
  }
  if (typed.includes('gar')) {
    return { outcome: 'split', text, commune: '', candidates: communes.slice(0, 2) };
  }
  return { outcome: 'unknown', text, commune: '', candidates: [] };
}

const nothing = (kind: PersonRead['kind'], code = ''): PersonRead => ({
  kind,
  person: null,
  notes: code ? [{ field: '', code, params: {} }] : [],
  known: [],
  address: null,
});

function read(text: string): PersonRead {
  const parts = text.split('|');
  if (parts.length > 4) {
    const [id_number = '', , name = '', birth = '', sex = '', address = ''] = parts;
    if (/[a-z][SFRXJ]\b/.test(name)) return nothing('damaged', 'damaged_telex');
    const known = people.filter((one) => one.id_number === id_number);
    const person: PersonValues = {
      ...emptyPerson(),
      person: known[0]?.person ?? '',
      name,
      birth: birth.replace(/^(\d\d)(\d\d)(\d{4})$/, '$1/$2/$3'),
      sex: sex === 'Nữ' ? 'female' : 'male',
      id_number,
      address,
      phone: known[0]?.phone ?? '',
    };
    return { kind: 'card_qr', person, notes: [], known, address: modern(address) };
  }
  if (text.includes('<')) {
    const [head = '', line = ''] = text.split('\n');
    const [surname = '', given = ''] = head.slice(5).split('<<');
    const name = `${surname} ${given}`.replaceAll('<', ' ').trim();
    const identity = {
      ...emptyIdentity(),
      passport: line.slice(0, 9),
      nationality: line.slice(10, 13).replace(/^D<<$/, 'DEU'),
    };
    const notes = [{ field: 'name', code: 'mrz_name_plain', params: {} }];
    return {
      kind: 'passport',
      person: { ...emptyPerson(), name, identity },
      notes,
      known: [],
      address: null,
    };
  }
  if (!/^[\d-]{10,14}$/.test(text)) return nothing('not_known');
  const known = people.filter((one) => one.id_number === text);
  const organisation = text.length !== 12;
  const bare = organisation
    ? { ...emptyPerson(), identity: { ...emptyIdentity(), organisation, tax_code: text } }
    : { ...emptyPerson(), id_number: text };
  return { kind: 'tax_code', person: known[0] ?? bare, notes: [], known, address: null };
}

/** The register, addresses and units of the fake desk. */
export function register(rows: FilingRow[]): Register {
  const into = new Map<string, string>();
  let documents = shippedDocuments();
  const today = (id: string): string => (into.has(id) ? today(into.get(id)!) : id);
  const view = (id: string) => {
    const one = people.find((person) => person.person === today(id)) ?? people[0]!;
    const alike = people.filter((other) => other !== one && fold(other.name) === fold(one.name));
    return {
      values: one,
      filings: rows.filter((row) => row.applicant === one.name),
      merged: alike.filter((other) => today(other.person) === one.person),
      doubles: alike.filter((other) => today(other.person) === other.person),
    };
  };
  return {
    person_find: ({ query }) =>
      people
        .filter((one) => !into.has(one.person))
        .filter((one) => fold(`${one.name} ${one.id_number} ${one.identity.tax_code}`).includes(fold(query)))
        .slice(0, 6),
    person_read: ({ text }) => read(text.trim()),
    person_get: ({ id }) => view(id),
    person_merge: ({ kept, dropped }) => {
      into.delete(kept);
      into.set(dropped, kept);
      return view(kept);
    },
    address_find: ({ query }) =>
      communes.filter((one) => fold(`${one.text} ${one.was ?? ''}`).includes(fold(query))),
    address_modern: ({ text }) => modern(text),
    office_documents: () => documents,
    office_document_check: ({ part, text }) => looked(part, text),
    office_document_set: ({ part, text, from }) => {
      documents = withDocument(documents, part, from, looked(part, text).title, false);
      return documents;
    },
    office_document_again: ({ part, id, from }) => {
      const one = documents.find((known) => known.part === part && known.id === id);
      documents = withDocument(documents, part, from, one?.title ?? '', one?.shipped ?? true);
      return documents;
    },
    calendar_year: ({ year }) => {
      const days = Array.from({ length: 366 }, (_, n) => new Date(Date.UTC(year, 0, 1 + n)))
        .filter((one) => one.getUTCFullYear() === year)
        .map((one) => ({ date: one.toISOString().slice(0, 10), weekday: one.getUTCDay() }));
      const off: Record<string, string> = {
        '01-01': 'Tết Dương lịch',
        '09-02': 'Quốc khánh',
        '11-24': 'Ngày Văn hóa Việt Nam',
      };
      return {
        year,
        published: year < 2027,
        version: 1,
        zone: 'Asia/Ho_Chi_Minh',
        hours: ['07:30–11:30', '13:30–17:00'],
        days: days.flatMap(({ date, weekday }): CalendarDay[] => {
          const vi = off[date.slice(5)];
          if (vi) return [{ date, kind: 'off', name: { vi, en: null }, whose: 'vietnam' }];
          return weekday % 6 === 0 ? [{ date, kind: 'rest', name: null, whose: null }] : [];
        }),
      };
    },
    reader_list: () => [{ id: 'COM4', name: 'Đầu đọc mã (COM4)' }],
  };
}
