-- Blobs whose file left this PC after the centre had signed that it has them. Local: no line, never leaves the machine. The
-- row comes first, then the file goes, then done becomes 1; while it is 0 whoever comes next looks again.
create table let_go (
  sha256 blob primary key check (length(sha256) = 32),
  size integer not null,
  -- Business day.
  day text not null,
  done integer not null default 0
) strict, without rowid;
create index let_go_begun on let_go (sha256) where done = 0;
-- The day on which one of them was asked for again: from then on its retention runs anew.
create table asked_back (sha256 blob primary key check (length(sha256) = 32), day text not null) strict, without rowid;
create index form_blob on form (sha256);
