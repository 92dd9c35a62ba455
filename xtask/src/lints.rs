//! Rules of ours that no compiler knows: each stands for a way in which a page once broke or could be broken into.
//! Always true: a finding names the file, the line, and what to do instead.

use std::path::Path;

use anyhow::Result;

use crate::{shell, site};

/// A long file answers more than one question.
const LINES_MAX: usize = 450;

struct Rule {
    text: &'static str,
    /// Files that may: where it is done well.
    except: &'static [&'static str],
    instead: &'static str,
}

/// Texts that may not occur in app/src.
const RULES: [Rule; 4] = [
    Rule { text: "<textarea", except: &["app/src/ui/"], instead: "use ui's TextArea: a bare one is rendered unescaped on the server" },
    // The sprite is a file of ours, the same for everybody.
    Rule {
        text: "inner_html",
        except: &["app/src/served/", "app/src/ui/sprite.rs"],
        instead: "build it as a view: inner_html lets a person's text become markup",
    },
    Rule {
        text: "reversal_of is null",
        except: &[],
        instead: "say `kind <> 'reversal'`: SQLite takes the index of what undoes what, and with it reads every posting that undoes nothing",
    },
    Rule { text: " style=", except: &["app/src/ui/testing.rs"], instead: "use a class: the security policy blocks style attributes" },
];

/// Prints every finding and gives their number.
pub fn run() -> Result<usize> {
    let mut findings = Vec::new();
    for folder in ["app", "server", "xtask"] {
        for path in site::files_below(&shell::root().join(folder))? {
            if path.extension().is_some_and(|kind| kind == "rs") {
                let name = site::relative(&path, shell::root());
                findings.extend(findings_in(&name, &std::fs::read_to_string(&path)?));
            }
        }
    }
    for finding in &findings {
        println!("{finding}");
    }
    Ok(findings.len())
}

fn findings_in(name: &str, text: &str) -> Vec<String> {
    let mut findings = Vec::new();
    if !text.starts_with("//!") {
        findings.push(format!("{name}:1: begin with `//!`: what belongs here, and one thing that is always true"));
    }
    let lines = text.lines().count();
    if lines > LINES_MAX {
        findings.push(format!("{name}:{lines}: {lines} lines, at most {LINES_MAX}: divide it by the questions it answers"));
    }
    if Path::new(name).starts_with("app/src") {
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
            for rule in RULES.iter().filter(|rule| line.contains(rule.text) && !rule.except.iter().any(|place| name.starts_with(place))) {
                findings.push(format!("{name}:{}: `{}`: {}", number + 1, rule.text.trim(), rule.instead));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_text_area_is_found_outside_ui_and_allowed_inside() {
        let text = "//! A page.\nview! { <textarea name=\"goal\"></textarea> }\n";
        assert_eq!(findings_in("app/src/bookings/form.rs", text).len(), 1);
        assert!(findings_in("app/src/bookings/form.rs", text)[0].starts_with("app/src/bookings/form.rs:2: `<textarea`"));
        assert!(findings_in("app/src/ui/text_area.rs", text).is_empty());
    }

    #[test]
    fn a_style_attribute_is_found_and_a_variable_of_that_name_is_not() {
        assert_eq!(findings_in("app/src/ui/meter.rs", "//! A meter.\n<div style=\"width: 3%\"/>\n").len(), 1);
        assert!(findings_in("app/src/ui/meter.rs", "//! A meter.\nlet style = 3;\n// no style=\"\" here\n").is_empty());
    }

    #[test]
    fn a_question_that_reads_every_posting_is_found() {
        let text = "//! Rows.\n\"select count(*) from postings p where p.reversal_of is null\"\n";
        assert_eq!(findings_in("app/src/hours/sql/runs.rs", text).len(), 1);
    }

    #[test]
    fn a_file_without_a_header_and_a_file_too_long_are_found() {
        assert_eq!(findings_in("server/src/lib.rs", "fn main() {}\n").len(), 1);
        assert_eq!(findings_in("server/src/lib.rs", &format!("//! Long.\n{}", "\n".repeat(LINES_MAX))).len(), 1);
    }
}
