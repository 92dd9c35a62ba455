-- Which server does a job of the house, and until when nobody else does. Written by jobs.
create table leases (
    name text primary key check (length(name) between 1 and 60),
    holder text not null,
    held_until timestamptz not null
);

-- A month that was closed: its hours perished. Written by the closing of months; a round is a time that something was left to perish.
create table month_closings (
    id uuid primary key,
    partnership_id uuid not null references partnerships (id),
    month text not null check (length(month) = 7),
    closed_at timestamptz not null,
    rounds bigint not null default 0 check (rounds >= 0),
    last_round_at timestamptz not null,
    unique (partnership_id, month)
);

-- What else the house does once for a month of a partnership.
create table month_tasks (
    partnership_id uuid not null references partnerships (id),
    month text not null check (length(month) = 7),
    task text not null check (task in ('notices', 'donations')),
    done_at timestamptz not null,
    primary key (partnership_id, month, task)
);

-- What a school was told about hours that are about to perish: one message a month. Read by the start page.
create table notices (
    id uuid primary key,
    partnership_id uuid not null references partnerships (id),
    school_id uuid not null references schools (id),
    month text not null check (length(month) = 7),
    minutes bigint not null check (minutes > 0),
    sent_at timestamptz not null,
    unique (school_id, month)
);

-- Schools that give what is still idle shortly before the end of a month. Written by the school itself.
create table automatic_donations (
    school_id uuid primary key references schools (id),
    partnership_id uuid not null references partnerships (id),
    switched_by uuid not null references people (id),
    switched_at timestamptz not null
);
create index automatic_donations_by_partnership on automatic_donations (partnership_id, school_id);

-- What the nightly check found: one row a night. `violations` lists the first of each rule, one a line.
create table check_results (
    partnership_id uuid not null references partnerships (id),
    night date not null,
    checked_at timestamptz not null,
    counts text not null check (length(counts) <= 2000),
    wrong bigint not null check (wrong >= 0),
    violations text not null check (length(violations) <= 20000),
    primary key (partnership_id, night)
);

-- Who chose a setting last, and when.
alter table policies add column changed_by uuid references people (id);
alter table policies add column changed_at timestamptz;
