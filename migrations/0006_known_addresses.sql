-- From where an account was signed in to, so that strangers who guess at it do not make its owner wait. Both are hashes. Written and read
-- by signing in; rows go after ninety days without a sign-in.
create table known_addresses (
    account text not null,
    address text not null,
    seen_at timestamptz not null,
    primary key (account, address)
);
create index known_addresses_by_seen on known_addresses (seen_at);
create index sign_in_failures_by_moment on sign_in_failures (failed_at);
