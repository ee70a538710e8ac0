-- What stands in for the beginning of the office's feed, on its way here: one row, the parts that came, and how many of
-- its lines were applied. Gone when the last one was.
create table snapshot (
  id integer primary key check (id = 1),
  sha256 blob not null check (length(sha256) = 32),
  size integer not null,
  cursor integer not null,
  server_time text not null,
  -- All parts are here, and their hash is the name.
  whole integer not null default 0,
  applied integer not null default 0
) strict;
create table snapshot_part (first integer primary key, bytes blob not null) strict;

-- Why a fact of the centre changes nothing here; null when it was applied, or when there is nothing to apply.
alter table news add column unapplied text;
update news set unapplied = 'unknown_kind' where kind not in ('peer_line', 'decision', 'message');
create index news_unapplied on news (feed_seq) where unapplied is not null;
create index news_kind on news (kind, feed_seq);
-- Messages of the centre that somebody here has read, by their ids. Local.
create table message_read (id text primary key) strict, without rowid;

-- Keys of the centre that a key which was believed before signed for, in the order in which they were learnt. sole: it has
-- answered since, and no key before it is believed.
create table server_key (
  n integer primary key,
  key blob not null unique check (length(key) = 32),
  statement text not null,
  sole integer not null default 0
) strict;
