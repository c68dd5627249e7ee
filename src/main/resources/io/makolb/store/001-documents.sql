-- The store itself: one row.
create table store (
    only integer primary key check (only = 1),
    id text not null,
    revision integer not null
);

-- One JSON document per resource; a VIP's holds its reals as well, because one ring is built from them.
create table document (
    kind text not null,
    id text not null,
    revision integer not null,
    body text not null,
    primary key (kind, id)
) without rowid;

-- Who changed what, when and why.
create table revision (
    number integer primary key,
    at text not null,
    author text not null,
    message text not null,
    diff text not null
);
