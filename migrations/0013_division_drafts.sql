-- What a board looked at and did not post yet, one per board and school year: the way it would divide its hours, as `divisions.inputs` keeps
-- it. Written and read by the page of the division.
create table division_drafts (
    partnership_id uuid not null references partnerships (id),
    board_id uuid not null references boards (id),
    school_year bigint not null check (school_year between 2000 and 2200),
    way text not null check (length(way) <= 200000),
    looked_by uuid not null references people (id),
    looked_at timestamptz not null,
    primary key (partnership_id, board_id, school_year)
);
