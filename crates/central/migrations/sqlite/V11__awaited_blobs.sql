-- Blobs that lines name and that did not come yet, so that counting them walks over no table that grows for ever.
create table awaited_blob (
  sha256 blob not null,
  ws     blob not null,
  primary key (sha256, ws)
) strict, without rowid;
insert into awaited_blob (sha256, ws)
  select distinct n.sha256, n.ws from event_blob n left join blob b on b.sha256 = n.sha256 where b.sha256 is null;
