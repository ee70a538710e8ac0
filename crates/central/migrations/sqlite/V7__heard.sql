-- When a workstation last asked for anything, and how far its own journal reaches as it said then.
alter table workstation add column heard_at text;
alter table workstation add column said_last integer;
