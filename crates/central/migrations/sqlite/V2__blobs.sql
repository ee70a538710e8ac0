-- Scans and forms: which lines name them, which are published, and what a workstation said of their chunks.
create table event_blob (
  office text not null,
  ws     blob not null,
  seq    integer not null,
  sha256 blob not null,
  size   integer not null,
  mime   text not null,
  primary key (office, ws, seq, sha256)
) strict, without rowid;
create index event_blob_sha256 on event_blob (office, sha256);

-- A row is written only after the bytes are durable in the store.
create table blob (
  sha256       blob primary key,
  size         integer not null,
  first_office text not null,
  published_at text not null
) strict;

-- manifest = SHA-256 of all chunk hashes: who lists other chunks fills another stage.
create table blob_stage (
  ws       blob not null,
  sha256   blob not null,
  manifest blob not null,
  size     integer not null,
  chunks   blob not null,
  at       text not null,
  primary key (ws, sha256)
) strict;
create index blob_stage_sha256 on blob_stage (sha256, manifest);
