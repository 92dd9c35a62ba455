//! Icons: one hidden sprite per page, and parts that point into it. An icon never stands alone: words are always beside it.

use leptos::prelude::*;

/// One meaning each (look.md, Icons). A new icon arrives when a word has failed, not before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IconName {
    /// The start page.
    Home,
    /// Looking for an expert.
    Search,
    /// A list of requests or appointments.
    List,
    /// Hours, or what expires.
    Clock,
    /// The wijkpot.
    Pot,
    /// The person who is signed in.
    User,
    /// Fixed in place.
    Pin,
    /// Look here.
    Warn,
    /// Whoever is on turn.
    Turn,
    /// Somebody else is on turn.
    Wait,
    /// Done.
    Check,
    /// Cancelled, or take away.
    Cross,
    /// Onwards.
    Right,
    /// Back.
    Left,
    /// A day.
    Calendar,
    /// An explanation.
    Info,
    /// Who can read this.
    Lock,
    /// Two that belong together.
    Match,
    /// Distance.
    Bike,
    /// Opens below.
    Down,
    /// Filters.
    Filter,
    /// Proven.
    Seal,
    /// A conversation.
    Chat,
}

impl IconName {
    /// Every icon, for the sheet.
    pub const ALL: [Self; 23] = [
        Self::Home,
        Self::Search,
        Self::List,
        Self::Clock,
        Self::Pot,
        Self::User,
        Self::Pin,
        Self::Warn,
        Self::Turn,
        Self::Wait,
        Self::Check,
        Self::Cross,
        Self::Right,
        Self::Left,
        Self::Calendar,
        Self::Info,
        Self::Lock,
        Self::Match,
        Self::Bike,
        Self::Down,
        Self::Filter,
        Self::Seal,
        Self::Chat,
    ];

    /// Where it lives in the sprite.
    #[must_use]
    pub const fn href(self) -> &'static str {
        match self {
            Self::Home => "#i-home",
            Self::Search => "#i-search",
            Self::List => "#i-list",
            Self::Clock => "#i-clock",
            Self::Pot => "#i-pot",
            Self::User => "#i-user",
            Self::Pin => "#i-pin",
            Self::Warn => "#i-warn",
            Self::Turn => "#i-turn",
            Self::Wait => "#i-wait",
            Self::Check => "#i-check",
            Self::Cross => "#i-cross",
            Self::Right => "#i-right",
            Self::Left => "#i-left",
            Self::Calendar => "#i-calendar",
            Self::Info => "#i-info",
            Self::Lock => "#i-lock",
            Self::Match => "#i-match",
            Self::Bike => "#i-bike",
            Self::Down => "#i-down",
            Self::Filter => "#i-filter",
            Self::Seal => "#i-seal",
            Self::Chat => "#i-chat",
        }
    }

    /// Its name on the sheet.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.href().trim_start_matches("#i-")
    }
}

/// A drawing beside words; hidden from readers.
#[component]
pub fn Icon(
    /// Which one.
    name: IconName,
) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
            <use href=name.href()></use>
        </svg>
    }
}

/// The mark: a pot with two houses.
#[component]
pub fn Mark(
    /// The class that sizes it.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    view! {
        <svg class=class viewBox="0 0 48 48" aria-hidden="true">
            <use href="#mark"></use>
        </svg>
    }
}

/// The street, at the foot of every page and under the search.
#[component]
pub fn Street() -> impl IntoView {
    view! {
        <div class="street" aria-hidden="true">
            <svg width="2880" height="56">
                <g>
                    <use href="#street"></use>
                    <use href="#lights"></use>
                    <use href="#street" x="720"></use>
                    <use href="#lights" x="720"></use>
                    <use href="#street" x="1440"></use>
                    <use href="#lights" x="1440"></use>
                    <use href="#street" x="2160"></use>
                    <use href="#lights" x="2160"></use>
                </g>
            </svg>
        </div>
    }
}
