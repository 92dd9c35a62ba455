//! Short macros that send one text of SQL to whichever engine the transaction is on. `$1` works on both.

/// Runs a statement; gives the number of rows it touched.
#[macro_export]
macro_rules! execute {
    ($tx:expr, $sql:expr $(, $arg:expr)* $(,)?) => {
        match &mut *$tx {
            $crate::db::Tx::Sqlite(tx, _) => {
                tx.ask();
                let done = ::sqlx::query($sql)$(.bind($arg))*.execute(&mut **tx).await;
                tx.heed(done).map(|done| done.rows_affected())
            }
            $crate::db::Tx::Postgres(tx) => {
                tx.ask();
                let done = ::sqlx::query($sql)$(.bind($arg))*.execute(&mut **tx).await;
                tx.heed(done).map(|done| done.rows_affected())
            }
        }
    };
}

/// Every row, as the named type.
#[macro_export]
macro_rules! fetch_all {
    ($tx:expr, $row:ty, $sql:expr $(, $arg:expr)* $(,)?) => {
        match &mut *$tx {
            $crate::db::Tx::Sqlite(tx, _) => {
                tx.ask();
                let done = ::sqlx::query_as::<_, $row>($sql)$(.bind($arg))*.fetch_all(&mut **tx).await;
                tx.heed(done)
            }
            $crate::db::Tx::Postgres(tx) => {
                tx.ask();
                let done = ::sqlx::query_as::<_, $row>($sql)$(.bind($arg))*.fetch_all(&mut **tx).await;
                tx.heed(done)
            }
        }
    };
}

/// Every row of a question that stands by itself: asked of the database at once, without a transaction around it.
#[macro_export]
macro_rules! fetch_all_at_once {
    ($db:expr, $row:ty, $sql:expr $(, $arg:expr)* $(,)?) => {
        match $db {
            $crate::db::Db::Sqlite { readers, .. } => ::sqlx::query_as::<_, $row>($sql)$(.bind($arg))*.fetch_all(readers).await,
            $crate::db::Db::Postgres { pool, .. } => ::sqlx::query_as::<_, $row>($sql)$(.bind($arg))*.fetch_all(pool).await,
        }
    };
}

/// The same with a list of values, as many as there are places in the text.
#[macro_export]
macro_rules! fetch_all_of {
    ($db:expr, $row:ty, $sql:expr, $values:expr $(,)?) => {
        match $db {
            $crate::db::Db::Sqlite { readers, .. } => {
                $values.fold(::sqlx::query_as::<_, $row>($sql), |question, value| question.bind(value)).fetch_all(readers).await
            }
            $crate::db::Db::Postgres { pool, .. } => {
                $values.fold(::sqlx::query_as::<_, $row>($sql), |question, value| question.bind(value)).fetch_all(pool).await
            }
        }
    };
}

/// Exactly one row; none is an error.
#[macro_export]
macro_rules! fetch_one {
    ($tx:expr, $row:ty, $sql:expr $(, $arg:expr)* $(,)?) => {
        match &mut *$tx {
            $crate::db::Tx::Sqlite(tx, _) => {
                tx.ask();
                let done = ::sqlx::query_as::<_, $row>($sql)$(.bind($arg))*.fetch_one(&mut **tx).await;
                tx.heed(done)
            }
            $crate::db::Tx::Postgres(tx) => {
                tx.ask();
                let done = ::sqlx::query_as::<_, $row>($sql)$(.bind($arg))*.fetch_one(&mut **tx).await;
                tx.heed(done)
            }
        }
    };
}

/// A row or none.
#[macro_export]
macro_rules! fetch_optional {
    ($tx:expr, $row:ty, $sql:expr $(, $arg:expr)* $(,)?) => {
        match &mut *$tx {
            $crate::db::Tx::Sqlite(tx, _) => {
                tx.ask();
                let done = ::sqlx::query_as::<_, $row>($sql)$(.bind($arg))*.fetch_optional(&mut **tx).await;
                tx.heed(done)
            }
            $crate::db::Tx::Postgres(tx) => {
                tx.ask();
                let done = ::sqlx::query_as::<_, $row>($sql)$(.bind($arg))*.fetch_optional(&mut **tx).await;
                tx.heed(done)
            }
        }
    };
}

/// Inserts many rows with as few statements as they fit in, in their order: `insert_rows!(tx, "insert into … (a, b) ", rows, |row| row.a, row.b)`.
#[macro_export]
macro_rules! insert_rows {
    ($tx:expr, $into:literal, $rows:expr, |$row:ident| $($column:expr),+ $(,)?) => {{
        let mut done: $crate::db::Result<()> = Ok(());
        for rows in $rows.chunks($crate::db::ROWS_AT_ONCE) {
            if done.is_err() {
                break;
            }
            done = match &mut *$tx {
                $crate::db::Tx::Sqlite(tx, _) => {
                    let mut text = ::sqlx::QueryBuilder::<::sqlx::Sqlite>::new($into);
                    text.push_values(rows, |mut values, $row| { $(values.push_bind($column);)+ });
                    tx.ask();
                    let done = text.build().persistent($crate::db::is_common(rows.len())).execute(&mut **tx).await;
                    tx.heed(done).map(drop)
                }
                $crate::db::Tx::Postgres(tx) => {
                    let mut text = ::sqlx::QueryBuilder::<::sqlx::Postgres>::new($into);
                    text.push_values(rows, |mut values, $row| { $(values.push_bind($column);)+ });
                    tx.ask();
                    let done = text.build().persistent($crate::db::is_common(rows.len())).execute(&mut **tx).await;
                    tx.heed(done).map(drop)
                }
            };
        }
        done
    }};
}
