//! The table of who may call which server function, tried row by row over HTTP.
//!
//! Always true here: everybody who may not is tried first, on one object, and nothing of it changes; then everybody who may, each on
//! an object of their own.

use super::{Answer, Client, Seat, Server, Who, World, print};
use std::{future::Future, pin::Pin};

/// What a form about a fresh object sends.
pub type Fields = Vec<(&'static str, String)>;
/// Makes a fresh object and the fields about it.
pub type Make = for<'a> fn(&'a World) -> Pin<Box<dyn Future<Output = Fields> + Send + 'a>>;

/// What those get who may not.
#[derive(Clone, Copy, Debug)]
pub enum Denied {
    /// Nobody 401, here 403, there 404: the object lies in this partnership.
    Object,
    /// Nobody 401, the others 403, here and there alike: it is about one's own partnership.
    Office,
    /// Nobody 401; everybody who is signed in may, and hears only of their own partnership.
    SignedIn,
    /// Everybody may.
    Public,
}

/// A row of the table.
pub struct Case {
    /// `/api/agenda/patroon`.
    pub path: &'static str,
    /// Who may, here.
    pub may: &'static [Seat],
    /// What the others get.
    pub denied: Denied,
    /// What who may gets: 200, or the refusal that shows the door was open.
    pub open: u16,
    /// What is sent.
    pub fields: Make,
    /// Whether it changes something for who may.
    pub writes: bool,
}

/// Tries a row with everybody.
pub async fn check(server: &Server, world: &World, case: &Case) {
    let fields = (case.fields)(world).await;
    let before = (print(&server.db, world.here.partnership).await, print(&server.db, world.there.partnership).await);
    for who in Who::all() {
        let expected = case.answer_to(who);
        if expected == case.open && case.writes {
            continue;
        }
        let answer = call(&world.browser(server, who).await, case.path, &fields).await;
        assert_eq!(answer.status, expected, "{} {} by {who:?}: {answer:?}", server.name, case.path);
        assert!(expected == case.open || answer.error().is_some(), "{} {} by {who:?}: {}", server.name, case.path, answer.body);
    }
    let after = (print(&server.db, world.here.partnership).await, print(&server.db, world.there.partnership).await);
    assert!(before == after, "{} {}: something changed", server.name, case.path);
    if !case.writes {
        return;
    }
    for who in Who::all().into_iter().filter(|who| case.answer_to(*who) == case.open) {
        let fields = (case.fields)(world).await;
        let before = (print(&server.db, world.here.partnership).await, print(&server.db, world.there.partnership).await);
        let answer = call(&world.browser(server, who).await, case.path, &fields).await;
        assert_eq!(answer.status, case.open, "{} {} by {who:?}: {answer:?}", server.name, case.path);
        if case.open == 200 {
            let after = (print(&server.db, world.here.partnership).await, print(&server.db, world.there.partnership).await);
            assert!(before != after, "{} {} by {who:?}: nothing changed", server.name, case.path);
        }
    }
}

impl Case {
    fn answer_to(&self, who: Who) -> u16 {
        match (self.denied, who) {
            (Denied::Public, _) => self.open,
            // Whoever has no role left is nobody.
            (_, Who::Nobody | Who::Here(Seat::Roleless) | Who::There(Seat::Roleless)) => 401,
            (Denied::SignedIn, _) => self.open,
            (_, Who::Here(seat)) if self.may.contains(&seat) => self.open,
            (Denied::Office, Who::There(seat)) if self.may.contains(&seat) => self.open,
            (Denied::Office, _) => 403,
            (Denied::Object, Who::There(_)) => 404,
            (Denied::Object, _) => 403,
        }
    }
}

async fn call(browser: &Client, path: &str, fields: &Fields) -> Answer {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    browser.call(path, &fields).await
}
