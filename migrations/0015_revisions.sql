-- How often somebody wrote in a partnership. Every writer raises it first, in the transaction it writes in; no row is a partnership in which
-- nobody wrote since this table is there. Read with the person of a session: what an app server remembers is true for one revision.
create table revisions (
    partnership_id uuid not null primary key,
    revision bigint not null check (revision > 0)
);
