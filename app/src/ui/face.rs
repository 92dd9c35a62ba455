//! Faces: a person's initials in a house front. Decorative: the name is always beside it, and the tone means nothing.

use leptos::prelude::*;

/// How large.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FaceSize {
    /// In a list.
    #[default]
    Normal,
    /// Beside a message.
    Small,
    /// On somebody's own page.
    Large,
}

/// `Ilse van Grootheest` as `IG`: the first and the last word that start with a capital.
#[must_use]
pub fn initials(name: &str) -> String {
    let mut capitals =
        name.split_whitespace().filter_map(|word| word.chars().find(|letter| letter.is_alphabetic())).filter(|c| c.is_uppercase());
    let first = capitals.next();
    first.into_iter().chain(capitals.next_back()).collect()
}

/// One of three tones, by the name, so that it is always the same for the same person.
fn tone(name: &str) -> &'static str {
    match name.bytes().fold(0_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte))) % 3 {
        0 => "",
        1 => "clay",
        _ => "lamp",
    }
}

/// Initials in a house front.
#[component]
pub fn Face(
    /// Whose.
    #[prop(into)]
    name: String,
    /// How large.
    #[prop(optional)]
    size: FaceSize,
) -> impl IntoView {
    let size = match size {
        FaceSize::Normal => "",
        FaceSize::Small => "small",
        FaceSize::Large => "large",
    };
    view! { <span class=super::classes(["face", size, tone(&name)]) aria-hidden="true">{initials(&name)}</span> }
}

/// A small face, a name and words about them.
#[component]
pub fn Person(
    /// Who.
    #[prop(into)]
    name: String,
    /// `op vrijdag 13 november`.
    #[prop(optional, into)]
    words: Option<String>,
) -> impl IntoView {
    view! {
        <p class="person">
            <Face name=name.clone() size=FaceSize::Small />
            <span>
                <b>{name}</b>
                {words.map(|words| view! { <span class="soft">{format!(" {words}")}</span> })}
            </span>
        </p>
    }
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_skip_what_stands_between_first_and_last_name() {
        assert_eq!(initials("Ilse van Grootheest"), "IG");
        assert_eq!(initials("Samira El Idrissi"), "SI");
        assert_eq!(initials("Fenna"), "F");
        assert_eq!(initials(""), "");
    }
}
