import { emptyIdentity } from '../empty';
import type { FilingRow, PersonValues } from '../api.gen';
import { due } from './due';
import { procedures } from './catalogue';

const address = 'Buôn Tring, xã Ea Tul, tỉnh Đắk Lắk';
const who: [string, string, 'male' | 'female', string, string][] = [
  ['Nguyễn Thị Ừng', '1950', 'female', '066150001234', '0905111222'],
  ["H'Hen Niê", '12/05/1992', 'female', '066192004321', '0903456789'],
  ['Y Ƀŏk Êban', '03/1978', 'male', '066078002468', '0912345678'],
  ['Trần Văn Lực', '21/09/1985', 'male', '066085001357', '0987654321'],
  ['Vàng A Páo', '1969', 'male', '', ''],
  ['Lò Thị Ổn', '30/04/1999', 'female', '066199008642', '0356789012'],
  ['Đặng Thùy Dương', '08/03/2001', 'female', '066301007531', '0777123456'],
  ['Siu Blơ', '', 'male', '', ''],
  ['Thạch Sô Phi', '15/01/1988', 'female', '066188009876', '0868123123'],
  ['Phạm Quốc Bảo', '02/02/1976', 'male', '066076003698', '0909090909'],
];

export const people: PersonValues[] = who.map(([name, birth, sex, id_number, phone], index) => ({
  person: `person-${index}`,
  name,
  birth,
  sex,
  id_number,
  address,
  phone,
  email: '',
  identity: emptyIdentity(),
}));

// The same woman, entered twice; and a company.
people.push(
  {
    ...people[0]!,
    person: 'person-double',
    phone: '',
    id_number: '',
    address: 'Buôn Tring, Ea Tul, Cư M’gar',
  },
  {
    ...people[0]!,
    person: 'person-company',
    name: 'Công ty TNHH Cà phê Cư M’gar',
    birth: '',
    sex: null,
    id_number: '',
    identity: { ...emptyIdentity(), organisation: true, tax_code: '6001234567' },
  },
);

function row(index: number): FilingRow {
  const person = people[index % people.length]!;
  const procedure = procedures[(index * 5) % procedures.length]!;
  const dayBack = index < 5 ? 0 : 3 + Math.floor(index / 9);
  const date = new Date(Date.UTC(2026, 10, 23) - dayBack * 86_400_000).toISOString().slice(0, 10);
  const hour = String(10 - (index % 3)).padStart(2, '0');
  const received = `${date}T${hour}:${String(52 - ((index * 7) % 50)).padStart(2, '0')}:00`;
  const end = due(received, procedure.term);
  const today = end.at.slice(0, 10) === '2026-11-23';
  const late = end.at < '2026-11-23T00:00:00' && index % 6 === 0;
  return {
    id: `filing-${index}`,
    unpaid: index % 4 === 1,
    code: `H15.50.05.13-${date.slice(2, 4)}${date.slice(5, 7)}${date.slice(8)}-${String(23 - (index % 23)).padStart(4, '0')}`,
    provisional: index === 7,
    procedure: procedure.code,
    title: procedure.title,
    applicant: person.name,
    birth: person.birth,
    received,
    due: end.at,
    status: late
      ? 'being_solved'
      : index % 4 === 1
        ? 'result_ready'
        : index % 7 === 3
          ? 'supplement_asked'
          : 'received',
    place: index < 9 ? 'this_machine' : 'centre',
    late,
    due_today: today,
    // One in nine was received at the other counter.
    counter: index % 9 === 8 && index > 8 ? 'Quầy 2' : null,
  };
}

export const seeded = (): FilingRow[] => Array.from({ length: 64 }, (_, index) => row(index));
