-- Which version of a filing the province's own system has; what it lacks is found without a walk over all filings.
alter table filing add column delivered bigint not null default 0;
create index filing_outlet on filing (id) where delivered < version;

alter table operator_token
  drop constraint operator_token_role_check,
  add constraint operator_token_role_check check (role in ('operator', 'unit', 'outlet'));
