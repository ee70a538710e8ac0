-- Money at the counter: what was taken of a filing's fee, what is known of it since, what went back.

create table payment (
  id blob primary key check (length(id) = 16),
  filing blob not null,
  -- 'cash' or 'transfer'; amounts are minor units of the currency.
  way text not null,
  amount integer not null check (amount > 0),
  currency text not null,
  given integer,
  clerk_name text not null,
  till blob,
  wall text not null,
  day text not null,
  clerk blob,
  -- Where it was taken; null = at this counter.
  ws blob,
  hlc integer not null
) strict, without rowid;
create index payment_filing on payment (filing);
create index payment_day on payment (day);

-- 'taken' = a transfer was seen on the account, 'voided' = it was entered by mistake. May come before the payment.
create table payment_mark (
  payment blob not null check (length(payment) = 16),
  standing text not null,
  reason text not null,
  wall text not null,
  clerk blob,
  hlc integer not null,
  primary key (payment, standing)
) strict, without rowid;

create table refund (
  id blob primary key check (length(id) = 16),
  payment blob not null,
  filing blob not null,
  way text not null,
  amount integer not null check (amount > 0),
  currency text not null,
  reason text not null,
  clerk_name text not null,
  till blob,
  wall text not null,
  day text not null,
  clerk blob,
  ws blob,
  hlc integer not null
) strict, without rowid;
create index refund_payment on refund (payment);
create index refund_day on refund (day);

-- The number of a payment's official receipt: the last word counts.
create table official_receipt (
  payment blob primary key check (length(payment) = 16),
  kind text not null,
  symbol text not null,
  number text not null,
  day text not null,
  hlc integer not null
) strict, without rowid;

-- Where fees are transferred to: the last word counts; an empty bank = nowhere any more.
create table payment_account (
  hlc integer primary key,
  bank text not null,
  account text not null,
  holder text not null,
  wall text not null,
  clerk blob,
  ws blob
) strict;

-- The fee in minor units; null where nobody has said, and for what was received before money was kept here.
alter table filing add column fee integer;
-- 1 while less of the fee was paid than is due.
alter table filing add column unpaid integer not null default 0;
create index filing_unpaid on filing (status) where unpaid = 1;
