-- The taxonomy. Data, so that an administrator can edit it; it starts as domain::experts::taxonomy.
create table expertises (
    id uuid primary key,
    partnership_id uuid not null references partnerships (id),
    slug text not null check (length(slug) between 1 and 60),
    name text not null check (length(name) between 1 and 100),
    category text not null check (length(category) between 1 and 100),
    unique (partnership_id, slug)
);

-- Words that lead to an expertise: synonyms, everyday words, English.
create table expertise_words (
    expertise_id uuid not null references expertises (id),
    partnership_id uuid not null references partnerships (id),
    word text not null check (length(word) between 1 and 100),
    kind text not null check (kind in ('synonym', 'everyday', 'english')),
    primary key (expertise_id, word)
);
create index expertise_words_by_partnership on expertise_words (partnership_id, word);

-- A person with proven expertise who can be booked. `direct` accepts a booking at once.
create table specialists (
    id uuid primary key,
    partnership_id uuid not null references partnerships (id),
    person_id uuid not null unique references people (id),
    supplier_id uuid not null references suppliers (id),
    headline text not null default '' check (length(headline) <= 200),
    about text not null default '' check (length(about) <= 2000),
    postcode text not null default '',
    wijk_id uuid references wijken (id),
    languages text not null default 'Nederlands',
    phone text not null default '',
    levels text not null default '',
    direct boolean not null default false,
    active boolean not null default true
);
create index specialists_by_partnership on specialists (partnership_id, active, id);
create index specialists_by_supplier on specialists (supplier_id);

-- Which expertise, how well, proven by what and until when. A lapsed proof is not bookable.
create table specialist_expertises (
    specialist_id uuid not null references specialists (id),
    expertise_id uuid not null references expertises (id),
    level text not null check (level in ('basis', 'ervaren', 'gespecialiseerd')),
    proof text not null check (length(proof) between 1 and 200),
    proof_until date,
    primary key (specialist_id, expertise_id)
);
create index specialist_expertises_by_expertise on specialist_expertises (expertise_id, specialist_id);

-- The wijken a specialist works in. None means: everywhere in the partnership.
create table specialist_wijken (
    specialist_id uuid not null references specialists (id),
    wijk_id uuid not null references wijken (id),
    primary key (specialist_id, wijk_id)
);

-- The weekly pattern: weekday 1 (Monday) to 7, minutes of the local day.
create table weekly_hours (
    specialist_id uuid not null references specialists (id),
    weekday bigint not null check (weekday between 1 and 7),
    from_minute bigint not null check (from_minute between 0 and 1440 and from_minute % 15 = 0),
    until_minute bigint not null check (until_minute between 0 and 1440 and until_minute % 15 = 0),
    primary key (specialist_id, weekday, from_minute),
    check (until_minute > from_minute)
);

-- Days, or parts of days, that differ from the pattern. `extra` adds time, `away` takes it.
create table availability_exceptions (
    id uuid primary key,
    specialist_id uuid not null references specialists (id),
    kind text not null check (kind in ('away', 'extra')),
    starts_on date not null,
    ends_on date not null,
    from_minute bigint,
    until_minute bigint,
    note text not null default '' check (length(note) <= 200),
    check (ends_on >= starts_on)
);
create index availability_exceptions_by_specialist on availability_exceptions (specialist_id, ends_on, id);
