-- The store of a workstation. Hashes are raw 32 bytes, ids raw 16 bytes, times local text, days YYYY-MM-DD.

-- Which store this is: the same id stands in keys.json, so that a swapped file is noticed.
create table meta (name text primary key, value blob not null) strict, without rowid;

-- The journal: audit trail and outbox in one.
create table journal (
  seq integer primary key,
  line blob not null,
  hash blob not null check (length(hash) = 32),
  t text not null,
  dossier blob
) strict;
create index journal_dossier on journal (dossier, seq) where dossier is not null;

-- One row: the end of the chain and the clock it was written at.
create table head (
  id integer primary key check (id = 1),
  seq integer not null,
  hash blob not null check (length(hash) = 32),
  hlc text not null,
  wall text not null
) strict;

-- How far another place has this journal, proved by its countersignature. name: 'centre', 'office'.
create table mark (
  name text primary key,
  next_seq integer not null,
  head blob not null check (length(head) = 32),
  server_time text not null,
  countersignature blob not null
) strict, without rowid;

-- One row: this workstation's identity and office.
create table workstation (
  id integer primary key check (id = 1),
  seed blob not null check (length(seed) = 32),
  ws blob,
  enrolment text,
  centre text
) strict;

create table staff (id blob primary key, name text not null, role text not null) strict, without rowid;

create table person (
  rowid integer primary key,
  id blob not null unique,
  name text not null,
  name_fold text not null,
  birth text not null,
  sex text,
  id_number text not null,
  address text not null,
  phone text not null,
  email text not null,
  seen integer not null
) strict;
create index person_number on person (id_number) where id_number <> '';
create index person_phone on person (phone) where phone <> '';

create table filing (
  rowid integer primary key,
  id blob not null unique,
  code text unique,
  provisional text unique,
  procedure text not null,
  title text not null,
  title_en text,
  person blob not null,
  applicant text not null,
  birth text not null,
  id_number text not null,
  phone text not null,
  received text not null,
  due text not null,
  day text not null,
  status text not null,
  seq integer not null,
  last_seq integer not null
) strict;
create index filing_day on filing (day, rowid);
create index filing_status on filing (status, due);
create index filing_last on filing (last_seq);
create index filing_person on filing (person, procedure);
create index filing_number on filing (id_number) where id_number <> '';

-- Any words without marks, in any order; the same folding for index and query.
create virtual table filing_words using fts5 (
  fold, numbers, content = '', tokenize = 'unicode61 remove_diacritics 0', prefix = '2 3'
);
create virtual table person_words using fts5 (
  fold, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0', prefix = '2 3'
);

create table form (
  filing blob not null,
  form text not null,
  template text not null,
  sha256 blob not null check (length(sha256) = 32),
  size integer not null,
  seq integer not null,
  primary key (filing, form, seq)
) strict, without rowid;

create table blob (sha256 blob primary key check (length(sha256) = 32), size integer not null, mime text not null) strict, without rowid;

-- Numbers given out: per business day for dossiers, per year for the form's own number.
create table number_use (scope text primary key, next integer not null) strict, without rowid;

-- Local things: no line, never leave the machine.
create table draft (
  clerk blob not null,
  kind text not null,
  id blob not null,
  "values" text not null,
  kept_at text,
  undo text,
  primary key (clerk, kind)
) strict, without rowid;
create table setting (name text primary key, value text not null) strict, without rowid;
create table procedure_use (code text primary key, used integer not null) strict, without rowid;
