-- What an office should know, in the order of commits. The text of a peer line stays in `event`.
create table feed (
  office   text not null,
  feed_seq integer not null,
  kind     text not null,
  ws       blob,
  seq      integer,
  body     text,
  primary key (office, feed_seq)
) strict, without rowid;

-- Lines up to feed_floor are no longer in the feed; the snapshot stands in for them.
alter table office add column feed_floor integer not null default 0;
alter table office add column snapshot_sha256 blob;
alter table office add column snapshot_size integer;

insert into feed (office, feed_seq, kind, ws, seq)
select office, row_number() over (partition by office order by received_at, ws, seq), 'peer_line', ws, seq from event;
update office set feed_seq = (select count(*) from feed where feed.office = office.office);

create table decision (
  decision    blob primary key,
  filing      blob not null references filing,
  office      text not null,
  content     blob not null,
  feed_seq    integer not null,
  contradicts text
) strict;

alter table operator_token
  add column role text not null default 'operator' check (role in ('operator', 'unit'));
