-- Blobs that a passed-on fact names to an office: it may fetch them, as it may those that its own lines name.
create table told_blob (
  office   text not null,
  sha256   blob not null,
  feed_seq integer not null,
  primary key (office, sha256)
) strict, without rowid;
