-- A mission abroad: its host country and what it takes fees in; both empty at home.
alter table office add column host text not null default '';
alter table office add column currency text not null default '';
