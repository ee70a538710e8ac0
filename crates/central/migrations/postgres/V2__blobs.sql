-- Scans and forms: which lines name them, which are published, and what a workstation said of their chunks.
create table event_blob (
  office text not null,
  ws     uuid not null,
  seq    bigint not null,
  sha256 bytea not null,
  size   bigint not null,
  mime   text not null,
  primary key (office, ws, seq, sha256)
);
create index event_blob_sha256 on event_blob (office, sha256);

-- A row is written only after the bytes are durable in the store.
create table blob (
  sha256       bytea primary key,
  size         bigint not null,
  first_office text not null,
  published_at timestamptz not null
);

-- manifest = SHA-256 of all chunk hashes: who lists other chunks fills another stage.
create table blob_stage (
  ws       uuid not null,
  sha256   bytea not null,
  manifest bytea not null,
  size     bigint not null,
  chunks   bytea not null,
  at       timestamptz not null,
  primary key (ws, sha256)
);
create index blob_stage_sha256 on blob_stage (sha256, manifest);
