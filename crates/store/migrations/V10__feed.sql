-- What the office's other counters and the centre told this one.

-- One row: how far the feed was read, and the highest hybrid clock in it.
create table feed (
  id integer primary key check (id = 1),
  cursor integer not null,
  hlc integer not null,
  server_time text not null
) strict;

-- Lines of the office's other counters, as they were hashed. line is null when its bytes were no text.
create table peer_line (
  ws blob not null check (length(ws) = 16),
  seq integer not null,
  hash blob not null check (length(hash) = 32),
  line blob,
  dossier blob,
  -- Why it changes nothing here; null when it was applied.
  unapplied text,
  primary key (ws, seq)
) strict, without rowid;
create index peer_line_dossier on peer_line (dossier) where dossier is not null;
create index peer_line_unapplied on peer_line (ws, seq) where unapplied is not null;

-- Everything else of the feed, also kinds that this program does not know yet.
create table news (
  feed_seq integer primary key,
  kind text not null,
  body text not null,
  dossier blob
) strict;
create index news_dossier on news (dossier, feed_seq) where dossier is not null;

-- The office's other counters, by their own first lines.
create table counter (ws blob primary key check (length(ws) = 16), name text not null) strict, without rowid;

-- Where it was received; null = at this counter.
alter table filing add column ws blob;
-- The hybrid clock of its status: an older line that comes later does not change it.
alter table filing add column status_hlc integer not null default 0;
-- A decision that stands against what this office had ended already; people look at it.
alter table filing add column contradicted text;
create index filing_contradicted on filing (id) where contradicted is not null;
alter table slip add column ws blob;
-- Set by another counter; null = by this one.
alter table office_document add column ws blob;

-- Blobs that are at the centre and shall come here: rules that another counter set, a paper that a clerk wants to see.
create table wanted (sha256 blob primary key check (length(sha256) = 32), size integer not null) strict, without rowid;
