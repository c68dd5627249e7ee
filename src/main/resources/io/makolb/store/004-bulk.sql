-- Resources of which there can be millions, in chunks of sorted keys: part 'reals' says where each key leads, part 'tags' the
-- revision of those that were not changed together with most. The document of the kind names the generation in force; others are
-- being prepared, or left over.
create table chunk (
    kind text not null,
    generation integer not null,
    part text not null,
    first blob not null,
    body blob not null,
    primary key (kind, generation, part, first)
) without rowid;
