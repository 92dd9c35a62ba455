-- One text for both engines. Times are timestamptz, bound from Rust and truncated to microseconds; whole numbers are bigint.

-- A samenwerkingsverband: the tenant. Written by import and administration, read by everything.
create table partnerships (
    id uuid primary key,
    code text not null unique check (length(code) between 2 and 20),
    name text not null check (length(name) between 1 and 200),
    created_at timestamptz not null
);

-- A partnership's choices, by name. A missing row means the default in domain.
create table policies (
    partnership_id uuid not null references partnerships (id),
    name text not null,
    value text not null check (length(value) <= 500),
    primary key (partnership_id, name)
);

-- A stadsdeel: a group of wijken served by one district team.
create table districts (
    id uuid primary key,
    partnership_id uuid not null references partnerships (id),
    name text not null check (length(name) between 1 and 200),
    unique (partnership_id, name)
);

-- A neighbourhood. Schools that name none get one per municipality, so that nothing is lost.
create table wijken (
    id uuid primary key,
    partnership_id uuid not null references partnerships (id),
    district_id uuid not null references districts (id),
    name text not null check (length(name) between 1 and 200),
    unique (partnership_id, name)
);
create index wijken_by_district on wijken (district_id);

-- A schoolbestuur; hours are allotted to boards (000). `pupils` counts, where known.
create table boards (
    id uuid primary key,
    partnership_id uuid not null references partnerships (id),
    name text not null check (length(name) between 1 and 200),
    number text,
    pupils bigint check (pupils >= 0),
    position bigint not null default 0,
    unique (partnership_id, name)
);

-- A school site with a BRIN: 4 characters and 2 digits. The BRIN is the key of every import.
create table schools (
    id uuid primary key,
    partnership_id uuid not null references partnerships (id),
    brin text not null check (length(brin) = 6),
    name text not null check (length(name) between 1 and 200),
    street text not null default '',
    postcode text not null default '',
    town text not null default '',
    municipality text not null default '',
    denomination text not null default '',
    board_id uuid references boards (id),
    wijk_id uuid not null references wijken (id),
    pupils bigint check (pupils >= 0),
    unique (partnership_id, brin)
);
create index schools_by_board on schools (board_id);
create index schools_by_wijk on schools (wijk_id);

-- A leverancier: employs specialists. `position` picks its sign and colour.
create table suppliers (
    id uuid primary key,
    partnership_id uuid not null references partnerships (id),
    name text not null check (length(name) between 1 and 200),
    position bigint not null default 0,
    unique (partnership_id, name)
);

-- School holidays and other days on which no school can be visited. Written by administration and import.
create table holidays (
    id uuid primary key,
    partnership_id uuid not null references partnerships (id),
    name text not null check (length(name) between 1 and 100),
    starts_on date not null,
    ends_on date not null,
    check (ends_on >= starts_on),
    unique (partnership_id, name, starts_on)
);
