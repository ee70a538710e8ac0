CREATE TABLE asked_back (sha256 blob primary key check (length(sha256) = 32), day text not null) strict, without rowid;
CREATE TABLE blob (sha256 blob primary key check (length(sha256) = 32), size integer not null, mime text not null, seq integer not null default 0) strict, without rowid;
CREATE TABLE counter (ws blob primary key check (length(ws) = 16), name text not null) strict, without rowid;
CREATE TABLE draft (
  clerk blob not null,
  kind text not null,
  id blob not null,
  "values" text not null,
  kept_at text,
  undo text,
  primary key (clerk, kind)
) strict, without rowid;
CREATE TABLE feed (
  id integer primary key check (id = 1),
  cursor integer not null,
  hlc integer not null,
  server_time text not null
) strict;
CREATE TABLE filing (
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
, official text, look_up integer not null default 0, ws blob, status_hlc integer not null default 0, contradicted text, due_hlc integer not null default 0, corrected_hlc integer not null default 0, fee integer, unpaid integer not null default 0) strict;
CREATE TABLE filing_about (
  about text not null,
  filing blob not null,
  primary key (about, filing)
) strict, without rowid;
CREATE VIRTUAL TABLE filing_words using fts5 (
  fold, numbers, content = '', tokenize = 'unicode61 remove_diacritics 0', prefix = '2 3'
);
CREATE TABLE 'filing_words_config'(k PRIMARY KEY, v) WITHOUT ROWID;
CREATE TABLE 'filing_words_data'(id INTEGER PRIMARY KEY, block BLOB);
CREATE TABLE 'filing_words_docsize'(id INTEGER PRIMARY KEY, sz BLOB);
CREATE TABLE 'filing_words_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
CREATE TABLE "form" (
  filing blob not null,
  form text not null,
  template text not null,
  sha256 blob not null check (length(sha256) = 32),
  size integer not null,
  seq integer not null,
  hlc integer not null default 0,
  primary key (filing, form, sha256)
) strict, without rowid;
CREATE TABLE former (
  ws blob primary key check (length(ws) = 16),
  seed blob not null check (length(seed) = 32),
  enrolment text not null,
  centre text not null,
  -- Its last line, and how many of its lines the centre had countersigned when it ended.
  last integer not null,
  confirmed integer not null,
  why text not null,
  ended text not null,
  -- 1 once the office's feed was read to its end since: then it is known what the centre has of it.
  compared integer not null default 0
) strict, without rowid;
CREATE TABLE former_line (
  ws blob not null check (length(ws) = 16),
  seq integer not null,
  line blob not null,
  hash blob not null check (length(hash) = 32),
  dossier blob,
  -- 'waits' while only this PC has it; 'at_centre'; 'reissued' once a line of the new identity brings it again.
  state text not null,
  primary key (ws, seq)
) strict, without rowid;
CREATE TABLE head (
  id integer primary key check (id = 1),
  seq integer not null,
  hash blob not null check (length(hash) = 32),
  hlc text not null,
  wall text not null
) strict;
CREATE TABLE journal (
  seq integer primary key,
  line blob not null,
  hash blob not null check (length(hash) = 32),
  t text not null,
  dossier blob
) strict;
CREATE TABLE let_go (
  sha256 blob primary key check (length(sha256) = 32),
  size integer not null,
  -- Business day.
  day text not null,
  done integer not null default 0
) strict, without rowid;
CREATE TABLE look_up (
  filing blob not null,
  document text not null,
  name text not null default '',
  reason text not null default '',
  -- 'found' or 'missing'; null while it waits.
  outcome text,
  note text not null default '',
  -- The hybrid clock of the line that settled it: the last word counts.
  settled integer not null default 0,
  primary key (filing, document)
) strict, without rowid;
CREATE TABLE mark (
  name text primary key,
  next_seq integer not null,
  head blob not null check (length(head) = 32),
  server_time text not null,
  countersignature blob not null
) strict, without rowid;
CREATE TABLE message_read (id text primary key) strict, without rowid;
CREATE TABLE meta (name text primary key, value blob not null) strict, without rowid;
CREATE TABLE news (
  feed_seq integer primary key,
  kind text not null,
  body text not null,
  dossier blob
, unapplied text) strict;
CREATE TABLE number_use (scope text primary key, next integer not null) strict, without rowid;
CREATE TABLE office_document (
  part       text not null,
  hlc        integer not null,
  valid_from text not null,
  sha256     blob not null check (length(sha256) = 32),
  size       integer not null,
  title      text not null,
  wall       text not null,
  clerk      blob, ws blob,
  primary key (part, hlc)
) strict, without rowid;
CREATE TABLE official_receipt (
  payment blob primary key check (length(payment) = 16),
  kind text not null,
  symbol text not null,
  number text not null,
  day text not null,
  hlc integer not null
) strict, without rowid;
CREATE TABLE pad (
  code text primary key,
  form_number integer not null,
  day text not null,
  state text not null,
  reason text not null default '',
  filing blob
) strict, without rowid;
CREATE TABLE payment (
  id blob primary key check (length(id) = 16),
  filing blob not null,
  -- 'cash' or 'transfer'; amounts are minor units of the currency.
  way text not null,
  amount integer not null check (amount > 0),
  currency text not null,
  given integer,
  clerk_name text not null,
  till blob,
  wall text not null,
  day text not null,
  clerk blob,
  -- Where it was taken; null = at this counter.
  ws blob,
  hlc integer not null
) strict, without rowid;
CREATE TABLE payment_account (
  hlc integer primary key,
  bank text not null,
  account text not null,
  holder text not null,
  wall text not null,
  clerk blob,
  ws blob
) strict;
CREATE TABLE payment_mark (
  payment blob not null check (length(payment) = 16),
  standing text not null,
  reason text not null,
  wall text not null,
  clerk blob,
  hlc integer not null,
  primary key (payment, standing)
) strict, without rowid;
CREATE TABLE peer_line (
  ws blob not null check (length(ws) = 16),
  seq integer not null,
  hash blob not null check (length(hash) = 32),
  line blob,
  dossier blob,
  -- Why it changes nothing here; null when it was applied.
  unapplied text,
  primary key (ws, seq)
) strict, without rowid;
CREATE TABLE person (
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
, organisation integer not null default 0, tax_code text not null default '', passport text not null default '', nationality text not null default '', commune text not null default '', former_address text not null default '', merged blob, address_seen integer not null default 0, phone_seen integer not null default 0, email_seen integer not null default 0) strict;
CREATE VIRTUAL TABLE person_words using fts5 (
  fold, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0', prefix = '2 3'
);
CREATE TABLE 'person_words_config'(k PRIMARY KEY, v) WITHOUT ROWID;
CREATE TABLE 'person_words_data'(id INTEGER PRIMARY KEY, block BLOB);
CREATE TABLE 'person_words_docsize'(id INTEGER PRIMARY KEY, sz BLOB, origin INTEGER);
CREATE TABLE 'person_words_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
CREATE TABLE procedure_choice (
  code text primary key,
  offered integer not null default 0,
  pinned integer not null default 0,
  nickname text not null default ''
) strict, without rowid;
CREATE TABLE procedure_use (code text primary key, used integer not null) strict, without rowid;
CREATE TABLE published (
  sha256 blob primary key check (length(sha256) = 32),
  size integer not null,
  server_time text not null,
  countersignature blob not null
) strict, without rowid;
CREATE TABLE refinery_schema_history(
             version int4 PRIMARY KEY,
             name VARCHAR(255),
             applied_on VARCHAR(255),
             checksum VARCHAR(255));
CREATE TABLE refund (
  id blob primary key check (length(id) = 16),
  payment blob not null,
  filing blob not null,
  way text not null,
  amount integer not null check (amount > 0),
  currency text not null,
  reason text not null,
  clerk_name text not null,
  till blob,
  wall text not null,
  day text not null,
  clerk blob,
  ws blob,
  hlc integer not null
) strict, without rowid;
CREATE TABLE rekey_tick (
  filing blob not null,
  field text not null,
  primary key (filing, field)
) strict, without rowid;
CREATE TABLE server_key (
  n integer primary key,
  key blob not null unique check (length(key) = 32),
  statement text not null,
  sole integer not null default 0
) strict;
CREATE TABLE setting (name text primary key, value text not null) strict, without rowid;
CREATE TABLE slip (
  id blob primary key,
  form text not null,
  form_number integer not null,
  procedure text not null,
  title text not null,
  person blob not null,
  applicant text not null,
  issued text not null,
  seq integer not null
, ws blob, filing blob) strict, without rowid;
CREATE TABLE snapshot (
  id integer primary key check (id = 1),
  sha256 blob not null check (length(sha256) = 32),
  size integer not null,
  cursor integer not null,
  server_time text not null,
  -- All parts are here, and their hash is the name.
  whole integer not null default 0,
  applied integer not null default 0
) strict;
CREATE TABLE snapshot_part (first integer primary key, bytes blob not null) strict;
CREATE TABLE staff (id blob primary key, name text not null, role text not null, told integer not null default 0, left_on text) strict, without rowid;
CREATE TABLE till (
  id blob primary key check (length(id) = 16),
  currency text not null,
  float integer not null,
  -- Who answers for it; of a till that was handed in, who took it.
  holder text not null,
  opened text not null,
  day text not null,
  -- When its cash was handed in; null while it is open.
  closed text,
  -- Whose counter; null = this one.
  ws blob,
  hlc integer not null
) strict, without rowid;
CREATE TABLE till_count (
  till blob not null check (length(till) = 16),
  hlc integer not null,
  -- 'handed_over' or 'handed_in'.
  act text not null,
  counted integer not null,
  expected integer not null,
  reason text not null,
  giver text not null,
  taker text not null,
  wall text not null,
  primary key (till, hlc)
) strict, without rowid;
CREATE TABLE voided (
  code text primary key,
  -- Business day of the act.
  day text not null,
  reason text not null,
  wall text not null,
  clerk blob,
  ws blob
) strict, without rowid;
CREATE TABLE wanted (sha256 blob primary key check (length(sha256) = 32), size integer not null) strict, without rowid;
CREATE TABLE workstation (
  id integer primary key check (id = 1),
  seed blob not null check (length(seed) = 32),
  ws blob,
  enrolment text,
  centre text
, next_seed blob) strict;
CREATE INDEX filing_contradicted on filing (id) where contradicted is not null;
CREATE INDEX filing_day on filing (day, rowid);
CREATE INDEX filing_last on filing (last_seq);
CREATE INDEX filing_look_up on filing (rowid) where look_up > 0;
CREATE INDEX filing_number on filing (id_number) where id_number <> '';
CREATE INDEX filing_official on filing (official) where official is not null;
CREATE INDEX filing_person on filing (person, procedure);
CREATE INDEX filing_status on filing (status, due);
CREATE INDEX filing_unpaid on filing (status) where unpaid = 1;
CREATE INDEX form_blob on form (sha256);
CREATE INDEX former_line_waits on former_line (dossier, ws, seq) where state = 'waits';
CREATE INDEX journal_dossier on journal (dossier, seq) where dossier is not null;
CREATE INDEX let_go_begun on let_go (sha256) where done = 0;
CREATE INDEX look_up_open on look_up (filing) where outcome is null;
CREATE INDEX news_dossier on news (dossier, feed_seq) where dossier is not null;
CREATE INDEX news_kind on news (kind, feed_seq);
CREATE INDEX news_unapplied on news (feed_seq) where unapplied is not null;
CREATE INDEX pad_blank on pad (day) where state = 'blank';
CREATE INDEX payment_day on payment (day);
CREATE INDEX payment_filing on payment (filing);
CREATE INDEX payment_till on payment (till) where till is not null;
CREATE INDEX peer_line_dossier on peer_line (dossier) where dossier is not null;
CREATE INDEX peer_line_unapplied on peer_line (ws, seq) where unapplied is not null;
CREATE INDEX person_merged on person (merged) where merged is not null;
CREATE INDEX person_name on person (name_fold, birth);
CREATE INDEX person_number on person (id_number) where id_number <> '';
CREATE INDEX person_passport on person (passport) where passport <> '';
CREATE INDEX person_phone on person (phone) where phone <> '';
CREATE INDEX person_tax_code on person (tax_code) where tax_code <> '';
CREATE INDEX refund_day on refund (day);
CREATE INDEX refund_payment on refund (payment);
CREATE INDEX refund_till on refund (till) where till is not null;
CREATE INDEX slip_issued on slip (issued);
CREATE INDEX slip_of_filing on slip (filing) where filing is not null;
CREATE INDEX till_open on till (hlc) where closed is null;
CREATE INDEX voided_day on voided (day);
