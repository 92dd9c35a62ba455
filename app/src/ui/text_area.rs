//! The only place with a text area. Always true: text from people is escaped before it stands in one, because the framework
//! writes the content of this element as it is.

use super::field::{Around, label_and_help};
use leptos::prelude::*;

/// Several lines of input.
#[component]
pub fn TextArea(
    /// The name it sends; also its id, unless `id` says otherwise.
    #[prop(into)]
    name: String,
    /// The question.
    #[prop(into)]
    label: String,
    /// What helps to answer it.
    #[prop(optional, into)]
    help: Option<String>,
    /// What stands in it until someone types; what was typed before a refusal goes first.
    #[prop(optional, into)]
    value: Option<String>,
    /// Whether it must be filled in.
    #[prop(optional)]
    required: bool,
    /// Only readers hear the label; its place makes it clear to the rest.
    #[prop(optional)]
    hidden_label: bool,
    /// Two lines high; five otherwise.
    #[prop(optional)]
    two_lines: bool,
    /// Most characters.
    #[prop(optional, into)]
    maxlength: Option<u32>,
    /// Advice that does not block: a name in the text, say.
    #[prop(optional, into)]
    advice: Option<String>,
    /// Another id than the name.
    #[prop(optional, into)]
    id: Option<String>,
) -> impl IntoView {
    let around = Around::new(&name, id, help.is_some(), advice.is_some());
    let text = super::typed(&name).or(value).unwrap_or_default();
    let area = leptos::html::textarea()
        .class(if two_lines { "input two-lines" } else { "input" })
        .id(around.id.clone())
        .name(name)
        .rows(if two_lines { "2" } else { "5" })
        .required(required)
        .maxlength(maxlength.map(|most| most.to_string()))
        .attr("aria-describedby", around.described())
        .attr("aria-invalid", around.invalid());
    // The server writes the text as the element's content. The browser finds it there, and sets it as a property only when it
    // builds the element itself: setting it while hydrating would wipe out what somebody typed before the scripts arrived.
    #[cfg(feature = "ssr")]
    let area = area.child(as_content(&text));
    #[cfg(not(feature = "ssr"))]
    let area = {
        let hydrating = Owner::current_shared_context().is_some_and(|context| context.during_hydration());
        area.prop("value", (!hydrating).then_some(text))
    };
    view! {
        <div class="field" data-state=around.state()>
            {label_and_help(&around, label, help, hidden_label)}
            {area}
            {around.message(advice)}
        </div>
    }
}

/// Text as the content of a text area: escaped, and with its first line break kept, which HTML would drop.
#[cfg(feature = "ssr")]
fn as_content(text: &str) -> String {
    let escaped = html_escape::encode_text(text);
    if text.starts_with(['\n', '\r']) { format!("\n{escaped}") } else { escaped.into_owned() }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::ui::testing::html;

    #[test]
    fn text_cannot_break_out_of_a_text_area() {
        let page = html(|| view! { <TextArea name="vraag" label="Wat is je vraag?" value="</textarea><script>alert(1)</script>" /> });
        assert!(!page.contains("<script>"), "{page}");
        assert_eq!(page.matches("</textarea>").count(), 1, "{page}");
        assert!(page.contains("&lt;/textarea&gt;&lt;script&gt;"), "{page}");
    }

    #[test]
    fn text_is_escaped_once_and_keeps_its_first_line_break() {
        let page = html(|| view! { <TextArea name="vraag" label="Wat is je vraag?" value="\nA & B" /> });
        assert!(page.contains(">\n\nA &amp; B</textarea>"), "{page}");
    }

    #[test]
    fn no_other_file_has_a_text_area_of_its_own() {
        fn files(folder: &std::path::Path, found: &mut Vec<std::path::PathBuf>) {
            for entry in std::fs::read_dir(folder).expect("the source folder can be read").flatten() {
                let path = entry.path();
                if path.is_dir() { files(&path, found) } else { found.push(path) }
            }
        }
        let mut found = Vec::new();
        files(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
        let own: Vec<_> = found
            .iter()
            .filter(|path| !path.ends_with("ui/text_area.rs"))
            .filter(|path| {
                std::fs::read_to_string(path)
                    .is_ok_and(|text| text.contains(concat!("<text", "area")) || text.contains(concat!("text", "area()")))
            })
            .collect();
        assert!(own.is_empty(), "use ui::TextArea instead: {own:?}");
    }
}
