-- The papers that no database gave at the counter, one by one, and what came of looking them up later.
create table look_up (
  filing blob not null,
  document text not null,
  name text not null default '',
  reason text not null default '',
  -- 'found' or 'missing'; null while it waits.
  outcome text,
  note text not null default '',
  -- The hybrid clock of the line that settled it: the last word counts.
  settled integer not null default 0,
  primary key (filing, document)
) strict, without rowid;
create index look_up_open on look_up (filing) where outcome is null;

insert into look_up (filing, document, name, reason)
select filing.id, paper.value ->> 'document', paper.value ->> 'name', paper.value ->> 'reason'
  from filing
  join journal on journal.seq = filing.seq and journal.t = 'filing_received'
  join json_each(cast(journal.line as text), '$.body.papers') as paper
 where filing.look_up > 0 and paper.value ->> 'state' = 'not_reachable'
    on conflict do nothing;
-- From now on the number of papers that still wait.
update filing
   set look_up = (select count(*) from look_up where look_up.filing = filing.id)
 where look_up > 0;
