-- Blobs that lines name and that did not come yet, so that counting them walks over no table that grows for ever.
create table awaited_blob (
  sha256 bytea not null,
  ws     uuid not null,
  primary key (sha256, ws)
);
insert into awaited_blob (sha256, ws)
  select distinct n.sha256, n.ws from event_blob n left join blob b on b.sha256 = n.sha256 where b.sha256 is null;
