-- What the centre says of who works here: told is the hybrid clock of its last word on somebody, 0 while it has said nothing,
-- and left_on the day since which somebody works here no more.
alter table staff add column told integer not null default 0;
alter table staff add column left_on text;
