-- A PC that goes on under a new identity keeps what it was: its old journal stays as it was written, with its key.

create table former (
  ws blob primary key check (length(ws) = 16),
  seed blob not null check (length(seed) = 32),
  enrolment text not null,
  centre text not null,
  -- Its last line, and how many of its lines the centre had countersigned when it ended.
  last integer not null,
  confirmed integer not null,
  why text not null,
  ended text not null,
  -- 1 once the office's feed was read to its end since: then it is known what the centre has of it.
  compared integer not null default 0
) strict, without rowid;

create table former_line (
  ws blob not null check (length(ws) = 16),
  seq integer not null,
  line blob not null,
  hash blob not null check (length(hash) = 32),
  dossier blob,
  -- 'waits' while only this PC has it; 'at_centre'; 'reissued' once a line of the new identity brings it again.
  state text not null,
  primary key (ws, seq)
) strict, without rowid;
create index former_line_waits on former_line (dossier, ws, seq) where state = 'waits';

-- The key of the next identity, from the first try to join on.
alter table workstation add column next_seed blob;

-- Numbers that will never stand on a paper, each with its reason. ws is null for this counter's own.
create table voided (
  code text primary key,
  -- Business day of the act.
  day text not null,
  reason text not null,
  wall text not null,
  clerk blob,
  ws blob
) strict, without rowid;
create index voided_day on voided (day);

insert into voided (code, day, reason, wall, ws)
select json_extract(cast(line as text), '$.body.code'), json_extract(cast(line as text), '$.day'),
       json_extract(cast(line as text), '$.body.reason'), json_extract(cast(line as text), '$.wall'), null
  from journal where t = 'number_voided'
    on conflict do nothing;
