-- The ledger of the centre on one file. Hashes and ids are raw bytes, times RFC 3339 in UTC, days YYYY-MM-DD.
create table office (
  office     text primary key,
  province   text not null,
  name       text not null,
  parent     text not null,
  place      text not null,
  agency     text not null,
  symbol     text not null,
  time_zone  text not null,
  feed_seq   integer not null default 0
) strict;

create table workstation (
  ws           blob primary key,
  office       text not null references office,
  counter      integer not null,
  counter_name text not null,
  pubkey       blob,
  status       text not null check (status in ('expected', 'active', 'revoked')),
  next_seq     integer not null default 1,
  head         blob,
  last_seen    text
) strict;
create index workstation_office on workstation (office, counter);

-- A one-time code or the secret of a ticket, by its SHA-256; used_by is the key it was spent on.
create table enrol_secret (
  secret  blob primary key,
  ws      blob not null references workstation on delete cascade,
  kind    text not null check (kind in ('code', 'ticket')),
  expires text,
  used_by blob
) strict;

create table slot_lease (
  office   text not null references office,
  ws       blob not null references workstation on delete cascade,
  kind     text not null check (kind in ('slot', 'reserve')),
  lo       integer not null,
  hi       integer not null,
  from_day text not null,
  to_day   text not null,
  primary key (ws, kind, from_day)
) strict;
create index slot_lease_office on slot_lease (office);

create table event (
  office      text not null,
  ws          blob not null,
  seq         integer not null,
  day         text,
  hlc         integer,
  t           text,
  v           integer,
  hash        blob not null,
  body        blob not null,
  received_at text not null,
  primary key (office, ws, seq)
) strict, without rowid;

create table filing (
  id            blob primary key,
  office        text not null,
  ws            blob not null,
  seq           integer not null,
  code          text unique,
  provisional   text unique,
  disputed_code text,
  day           text not null,
  procedure     text not null,
  title         text not null,
  title_en      text,
  applicant     text not null,
  received      text not null,
  due           text not null,
  status        text not null,
  status_hlc    integer not null,
  version       integer not null default 1
) strict;
create index filing_day on filing (office, day);
create index filing_disputed on filing (disputed_code) where disputed_code is not null;

create table filing_form (
  filing   blob not null references filing,
  form     text not null,
  template text not null,
  sha256   blob not null,
  size     integer not null,
  ws       blob not null,
  seq      integer not null,
  primary key (filing, form, sha256)
) strict;

create table quarantine (
  office text not null,
  ws     blob not null,
  seq    integer not null,
  code   text not null,
  detail text not null,
  primary key (office, ws, seq)
) strict;

create table quarantined_batch (
  ws          blob not null,
  sha256      blob not null,
  body        blob not null,
  received_at text not null,
  primary key (ws, sha256)
) strict;

create table countersignature (
  ws       blob not null,
  next_seq integer not null,
  head     blob not null,
  at       text not null,
  sig      blob not null,
  primary key (ws, next_seq)
) strict;

create table operator_token (
  name       text primary key,
  sha256     blob not null unique,
  created_at text not null
) strict;
