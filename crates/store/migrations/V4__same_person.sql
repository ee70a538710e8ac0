-- Who may be the same person, and what a kept entry stands for, without reading the whole register.

create index person_name on person (name_fold, birth);
create index person_merged on person (merged) where merged is not null;
