//! The pages as HTML: nothing in them needs repair, and nothing that may not be read is there.
