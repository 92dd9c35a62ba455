//! For tests: a view as HTML, and what a browser would silently repair in it. Hydration walks the repaired tree, so there must be nothing
//! to repair.

use leptos::prelude::*;

/// What the server sends for this view.
pub(crate) fn html<V: IntoView>(view: impl FnOnce() -> V) -> String {
    let owner = Owner::new();
    owner.set();
    owner.with(|| view().into_view().to_html())
}

const VOID: [&str; 8] = ["input", "br", "hr", "img", "meta", "link", "col", "source"];
const NOT_IN_P: [&str; 20] = [
    "div", "p", "ul", "ol", "dl", "form", "fieldset", "table", "section", "header", "footer", "nav", "h1", "h2", "h3", "h4", "details",
    "dialog", "main", "article",
];

/// Everything wrong with this piece of HTML; empty when a browser would leave it as it is.
pub(crate) fn faults(html: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let mut open: Vec<String> = Vec::new();
    let mut ids = std::collections::BTreeSet::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at..];
        if rest.starts_with("<!") {
            let end = if rest.starts_with("<!--") { rest.find("-->").map(|end| end + 3) } else { rest.find('>').map(|end| end + 1) };
            rest = &rest[end.unwrap_or(rest.len())..];
            continue;
        }
        let end = rest.find('>').unwrap_or(rest.len() - 1);
        let tag = &rest[1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop().as_deref() != Some(name) {
                faults.push(format!("</{name}> closes nothing"));
            }
            continue;
        }
        let name = tag.split([' ', '/']).next().unwrap_or_default().to_owned();
        check_nesting(&name, &open, &mut faults);
        for (attribute, value) in attributes(tag) {
            if attribute == "style" || attribute.starts_with("on") {
                faults.push(format!("{attribute} on <{name}>"));
            }
            if attribute == "id" && !ids.insert(value.clone()) {
                faults.push(format!("id {value} twice"));
            }
        }
        if !VOID.contains(&name.as_str()) && !tag.ends_with('/') {
            open.push(name);
        }
    }
    faults.extend(open.iter().map(|name| format!("<{name}> is never closed")));
    faults
}

fn check_nesting(name: &str, open: &[String], faults: &mut Vec<String>) {
    let parent = open.last().map(String::as_str);
    let inside = |outer: &str| open.iter().any(|tag| tag == outer);
    let mut needs = |child: &[&str], parents: &[&str]| {
        if child.contains(&name) && parent.is_some_and(|parent| !parents.contains(&parent)) {
            faults.push(format!("<{name}> in <{}>", parent.unwrap_or_default()));
        }
    };
    needs(&["tr"], &["thead", "tbody", "tfoot"]);
    needs(&["td", "th"], &["tr"]);
    needs(&["thead", "tbody", "tfoot", "caption"], &["table"]);
    needs(&["li"], &["ul", "ol"]);
    needs(&["dt", "dd"], &["dl", "div"]);
    needs(&["legend"], &["fieldset"]);
    needs(&["option"], &["select"]);
    if inside("p") && NOT_IN_P.contains(&name) {
        faults.push(format!("<{name}> in <p>"));
    }
    for outer in ["form", "a", "button", "label"] {
        if name == outer && inside(outer) {
            faults.push(format!("<{name}> in <{outer}>"));
        }
    }
}

fn attributes(tag: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = tag.split_once(' ').map_or("", |(_, rest)| rest).trim_end_matches('/').trim();
    while !rest.is_empty() {
        let end = rest.find(['=', ' ']).unwrap_or(rest.len());
        let name = rest[..end].to_owned();
        rest = &rest[end..];
        let mut value = String::new();
        if let Some(quoted) = rest.strip_prefix("=\"") {
            let close = quoted.find('"').unwrap_or(quoted.len());
            value = quoted[..close].to_owned();
            rest = quoted.get(close + 1..).unwrap_or_default();
        }
        rest = rest.trim_start();
        found.push((name, value));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::faults;

    #[test]
    fn what_a_browser_would_repair_is_found() {
        assert!(faults("<p>a<b>c</b></p><ul><li id=\"x\">d</li></ul><!--e--><br>").is_empty());
        for broken in [
            "<p><div>a</div></p>",
            "<table><tr></tr></table>",
            "<form><form></form></form>",
            "<p style=\"color:red\">a</p>",
            "<b id=\"a\"></b><b id=\"a\"></b>",
            "<p>",
        ] {
            assert!(!faults(broken).is_empty(), "{broken}");
        }
    }
}
