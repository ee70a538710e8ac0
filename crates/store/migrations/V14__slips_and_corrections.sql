-- Forms 02 to 05 that went with an act on a received filing, and a promise that became another: due_hlc is the hybrid clock of
-- the line that gave the day in force, 0 while it is the receipt's.
alter table slip add column filing blob;
create index slip_of_filing on slip (filing) where filing is not null;
alter table filing add column due_hlc integer not null default 0;
-- A form that is drawn anew supersedes the one before, also where two counters drew them.
alter table form add column hlc integer not null default 0;
-- The hybrid clock of the line that last put a filing right, 0 while it is as it was received.
alter table filing add column corrected_hlc integer not null default 0;
