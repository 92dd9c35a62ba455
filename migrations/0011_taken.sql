-- What schools took of hours that are not their own is asked for every page that says what they can spend (app/src/hours/sql/taken.rs): the
-- postings of three kinds, found without passing by all others of an account.
create index postings_drawn on postings (from_account) where kind = 'draw';
create index postings_held on postings (from_account) where kind = 'hold';
create index postings_returned on postings (to_account) where kind = 'return';
