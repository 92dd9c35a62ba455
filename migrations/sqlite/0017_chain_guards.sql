-- SQLite: a posting follows the last one of its partnership, and is the last one then.
create trigger postings_follow before insert on postings
when not exists (select 1 from ledger_heads where partnership_id = new.partnership_id and seq = new.seq - 1 and hash = new.previous_hash)
    and not (
        new.seq = 1 and new.previous_hash = printf('%064d', 0)
        and not exists (select 1 from ledger_heads where partnership_id = new.partnership_id)
    )
begin
    select raise(abort, 'a posting follows the one before it');
end;

create trigger postings_move_heads after insert on postings
begin
    insert into ledger_heads (partnership_id, seq, hash) values (new.partnership_id, new.seq, new.hash)
    on conflict (partnership_id) do update set seq = excluded.seq, hash = excluded.hash;
end;
