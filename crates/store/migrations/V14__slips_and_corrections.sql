-- Forms 02 to 05 that went with an act on a received filing, and a promise that became another: due_hlc is the hybrid clock of
-- the line that gave the day in force, 0 while it is the receipt's.
alter table slip add column filing blob;
create index slip_of_filing on slip (filing) where filing is not null;
alter table filing add column due_hlc integer not null default 0;
-- A form that is drawn anew supersedes the one before by its hybrid clock, also where two counters drew them: lines of two
-- counters may have the same number, so a form is told apart by its bytes.
create table form_by_bytes (
  filing blob not null,
  form text not null,
  template text not null,
  sha256 blob not null check (length(sha256) = 32),
  size integer not null,
  seq integer not null,
  hlc integer not null default 0,
  primary key (filing, form, sha256)
) strict, without rowid;
insert or ignore into form_by_bytes (filing, form, template, sha256, size, seq)
  select filing, form, template, sha256, size, seq from form;
drop table form;
alter table form_by_bytes rename to form;
-- The hybrid clock of the line that last put a filing right, 0 while it is as it was received.
alter table filing add column corrected_hlc integer not null default 0;
