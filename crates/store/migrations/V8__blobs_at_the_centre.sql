-- The line that names a blob: blobs go to the centre in the order of their lines.
alter table blob add column seq integer not null default 0;

-- Blobs that the centre has, by its own signature. Only with such a row may a copy ever be dropped.
create table published (
  sha256 blob primary key check (length(sha256) = 32),
  size integer not null,
  server_time text not null,
  countersignature blob not null
) strict, without rowid;
