-- When each way to reach a person was last typed (the hybrid clock of that line; 0 = never): an empty telephone, e-mail
-- or address of a later record does not take a known one away.
alter table person add column address_seen integer not null default 0;
alter table person add column phone_seen integer not null default 0;
alter table person add column email_seen integer not null default 0;
update person
   set address_seen = iif(address <> '', seen, 0),
       phone_seen = iif(phone <> '', seen, 0),
       email_seen = iif(email <> '', seen, 0);
