-- The cash of a counter from its float to its hand-in.
create table till (
  id blob primary key check (length(id) = 16),
  currency text not null,
  float integer not null,
  -- Who answers for it; of a till that was handed in, who took it.
  holder text not null,
  opened text not null,
  day text not null,
  -- When its cash was handed in; null while it is open.
  closed text,
  -- Whose counter; null = this one.
  ws blob,
  hlc integer not null
) strict, without rowid;
create index till_open on till (hlc) where closed is null;

-- Each time somebody counted it: what lay there and what had to; a difference has its reason.
create table till_count (
  till blob not null check (length(till) = 16),
  hlc integer not null,
  -- 'handed_over' or 'handed_in'.
  act text not null,
  counted integer not null,
  expected integer not null,
  reason text not null,
  giver text not null,
  taker text not null,
  wall text not null,
  primary key (till, hlc)
) strict, without rowid;

create index payment_till on payment (till) where till is not null;
create index refund_till on refund (till) where till is not null;
