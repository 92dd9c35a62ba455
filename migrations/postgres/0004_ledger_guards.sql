-- PostgreSQL: postings keep the balances, and nobody changes or removes a posting.
create function postings_move_minutes() returns trigger language plpgsql as $$
begin
    if (select count(*) from accounts where id in (new.from_account, new.to_account) and partnership_id = new.partnership_id) <> 2 then
        raise exception 'a posting stays within its partnership';
    end if;
    update accounts set balance = balance - new.minutes where id = new.from_account;
    update accounts set balance = balance + new.minutes where id = new.to_account;
    return null;
end $$;
create trigger postings_move_minutes after insert on postings for each row execute function postings_move_minutes();

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only', tg_table_name;
end $$;
create trigger postings_never_change before update or delete on postings for each row execute function refuse_change();
create trigger postings_never_truncated before truncate on postings execute function refuse_change();
create trigger accounts_never_go before delete on accounts for each row execute function refuse_change();
create trigger accounts_never_truncated before truncate on accounts execute function refuse_change();
create trigger audit_log_never_changes before update on audit_log for each row execute function refuse_change();

create function guard_accounts() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        if new.balance <> 0 then
            raise exception 'an account starts empty';
        end if;
    elsif (new.id, new.partnership_id, new.supplier_id, new.school_year, new.month, new.holder_kind, new.holder_id)
        is distinct from (old.id, old.partnership_id, old.supplier_id, old.school_year, old.month, old.holder_kind, old.holder_id) then
        raise exception 'an account keeps its holder and bucket';
    elsif pg_trigger_depth() = 1 then
        raise exception 'only postings change a balance';
    end if;
    return new;
end $$;
create trigger accounts_guarded before insert or update on accounts for each row execute function guard_accounts();
