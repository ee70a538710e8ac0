-- What the office set as its calendar, tariff and list of communes: each with its day of effect, the document itself
-- a blob. Nothing is overwritten: of two with the same day of effect the one that was set later holds.
create table office_document (
  part       text not null,
  hlc        integer not null,
  valid_from text not null,
  sha256     blob not null check (length(sha256) = 32),
  size       integer not null,
  title      text not null,
  wall       text not null,
  clerk      blob,
  primary key (part, hlc)
) strict, without rowid;
