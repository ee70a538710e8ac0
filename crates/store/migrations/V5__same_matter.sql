-- What a filing is about where that has a name of its own (the birth of a child), so that it is found when somebody
-- else brings the same.
create table filing_about (
  about text not null,
  filing blob not null,
  primary key (about, filing)
) strict, without rowid;
