-- A promise can become another: due_hlc is the hybrid clock of the line that gave the day in force, 0 while it is the receipt's.
alter table filing add column due_hlc bigint not null default 0;
-- The same of the line that last put a filing right, 0 while it is as it was received.
alter table filing add column corrected_hlc bigint not null default 0;
