-- The ledger of the centre for a province: PostgreSQL 15 or later. Hashes are raw bytes.
-- btree_gist lets one constraint refuse two holders of the same numbers on the same day.
create extension if not exists btree_gist;

create table office (
  office     text primary key,
  province   text not null,
  name       text not null,
  parent     text not null,
  place      text not null,
  agency     text not null,
  symbol     text not null,
  time_zone  text not null,
  feed_seq   bigint not null default 0
);

create table workstation (
  ws           uuid primary key,
  office       text not null references office,
  counter      integer not null,
  counter_name text not null,
  pubkey       bytea,
  status       text not null check (status in ('expected', 'active', 'revoked')),
  next_seq     bigint not null default 1,
  head         bytea,
  last_seen    timestamptz
);
create index workstation_office on workstation (office, counter);

-- A one-time code or the secret of a ticket, by its SHA-256; used_by is the key it was spent on.
create table enrol_secret (
  secret  bytea primary key,
  ws      uuid not null references workstation on delete cascade,
  kind    text not null check (kind in ('code', 'ticket')),
  expires timestamptz,
  used_by bytea
);
create index enrol_secret_ws on enrol_secret (ws);

create table slot_lease (
  office   text not null references office,
  ws       uuid not null references workstation on delete cascade,
  kind     text not null check (kind in ('slot', 'reserve')),
  lo       integer not null,
  hi       integer not null,
  from_day date not null,
  to_day   date not null,
  primary key (ws, kind, from_day),
  constraint one_holder exclude using gist (
    office with =,
    int4range(lo, hi, '[]') with &&,
    daterange(from_day, to_day, '[]') with &&
  )
);

-- Partitioned by office, never by day of arrival: a retry after midnight would land in another partition and be
-- stored twice.
create table event (
  office      text not null,
  ws          uuid not null,
  seq         bigint not null,
  day         date,
  hlc         bigint,
  t           text,
  v           bigint,
  hash        bytea not null,
  body        bytea not null,
  received_at timestamptz not null,
  primary key (office, ws, seq)
) partition by hash (office);
do $$
begin
  for part in 0..15 loop
    execute format(
      'create table event_%s partition of event for values with (modulus 16, remainder %s)', part, part);
  end loop;
end
$$;

create table filing (
  id            uuid primary key,
  office        text not null,
  ws            uuid not null,
  seq           bigint not null,
  code          text unique,
  provisional   text unique,
  disputed_code text,
  day           date not null,
  procedure     text not null,
  title         text not null,
  title_en      text,
  applicant     text not null,
  received      text not null,
  due           text not null,
  status        text not null,
  status_hlc    bigint not null,
  version       bigint not null default 1
);
create index filing_day on filing (office, day);
create index filing_disputed on filing (disputed_code) where disputed_code is not null;

create table filing_form (
  filing   uuid not null references filing,
  form     text not null,
  template text not null,
  sha256   bytea not null,
  size     bigint not null,
  ws       uuid not null,
  seq      bigint not null,
  primary key (filing, form, sha256)
);

create table quarantine (
  office text not null,
  ws     uuid not null,
  seq    bigint not null,
  code   text not null,
  detail text not null,
  primary key (office, ws, seq)
);

create table quarantined_batch (
  ws          uuid not null,
  sha256      bytea not null,
  body        bytea not null,
  received_at timestamptz not null,
  primary key (ws, sha256)
);

create table countersignature (
  ws       uuid not null,
  next_seq bigint not null,
  head     bytea not null,
  at       text not null,
  sig      bytea not null,
  primary key (ws, next_seq)
);

create table operator_token (
  name       text primary key,
  sha256     bytea not null unique,
  created_at timestamptz not null
);
