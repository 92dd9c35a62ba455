-- What a school drew and gave back counts no longer (app/src/hours/sql/taken.rs): the postings of that kind, found by the pot they went to.
create index postings_taken_back on postings (to_account) where kind = 'take_back';
