-- Papers that no database gave at the counter are a task for later; and how far a clerk has copied a filing into
-- another system's program.

-- How many papers of the filing were not reachable when it was received.
alter table filing add column look_up integer not null default 0;
update filing set look_up = (
  select count(*)
  from journal, json_each(cast(journal.line as text), '$.body.papers') as paper
  where journal.seq = filing.seq
    and journal.t = 'filing_received'
    and paper.value ->> 'state' = 'not_reachable'
);
create index filing_look_up on filing (rowid) where look_up > 0;

-- Local things: fields that were copied by hand.
create table rekey_tick (
  filing blob not null,
  field text not null,
  primary key (filing, field)
) strict, without rowid;
