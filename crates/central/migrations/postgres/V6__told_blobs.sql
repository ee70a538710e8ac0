-- Blobs that a passed-on fact names to an office: it may fetch them, as it may those that its own lines name.
create table told_blob (
  office   text not null,
  sha256   bytea not null,
  feed_seq bigint not null,
  primary key (office, sha256)
);
