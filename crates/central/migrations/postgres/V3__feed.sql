-- What an office should know, in the order of commits: feed_seq is given behind the office's row lock, in the
-- transaction that stores the fact, so it has no gaps and no later commit slips in below a reader's cursor.
-- The text of a peer line stays in `event`. Partitioned by office, as `event` is.
create table feed (
  office   text not null,
  feed_seq bigint not null,
  kind     text not null,
  ws       uuid,
  seq      bigint,
  body     text,
  primary key (office, feed_seq)
) partition by hash (office);
do $$
begin
  for part in 0..15 loop
    execute format(
      'create table feed_%s partition of feed for values with (modulus 16, remainder %s)', part, part);
  end loop;
end
$$;

-- Lines up to feed_floor are no longer in the feed; the snapshot stands in for them.
alter table office
  add column feed_floor      bigint not null default 0,
  add column snapshot_sha256 bytea,
  add column snapshot_size   bigint;

insert into feed (office, feed_seq, kind, ws, seq)
select office, row_number() over (partition by office order by received_at, ws, seq), 'peer_line', ws, seq from event;
update office set feed_seq = (select count(*) from feed where feed.office = office.office);

create table decision (
  decision    uuid primary key,
  filing      uuid not null references filing,
  office      text not null,
  content     bytea not null,
  feed_seq    bigint not null,
  contradicts text
);

alter table operator_token
  add column role text not null default 'operator' check (role in ('operator', 'unit'));
