-- The register knows organisations, foreigners and who is the same; slips, pads of reserved numbers, another system's
-- codes; and what an office offers.

alter table person add column organisation integer not null default 0;
alter table person add column tax_code text not null default '';
alter table person add column passport text not null default '';
alter table person add column nationality text not null default '';
alter table person add column commune text not null default '';
alter table person add column former_address text not null default '';
-- The entry that this one now means; lists leave it out.
alter table person add column merged blob;
create index person_tax_code on person (tax_code) where tax_code <> '';
create index person_passport on person (passport) where passport <> '';

alter table filing add column official text;
create index filing_official on filing (official) where official is not null;

-- Forms 02 and 03 given out instead of receiving.
create table slip (
  id blob primary key,
  form text not null,
  form_number integer not null,
  procedure text not null,
  title text not null,
  person blob not null,
  applicant text not null,
  issued text not null,
  seq integer not null
) strict, without rowid;
create index slip_issued on slip (issued);

-- Sheets of form 01 printed ahead. state: 'blank', 'used', 'voided'.
create table pad (
  code text primary key,
  form_number integer not null,
  day text not null,
  state text not null,
  reason text not null default '',
  filing blob
) strict, without rowid;
create index pad_blank on pad (day) where state = 'blank';

-- Local things: what this office offers and pins, and its own short names.
create table procedure_choice (
  code text primary key,
  offered integer not null default 0,
  pinned integer not null default 0,
  nickname text not null default ''
) strict, without rowid;
