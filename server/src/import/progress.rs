//! How far a long import is. Always true here: it writes to standard error only, so that what is piped on stays clean.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::{io::IsTerminal, sync::Mutex};

/// Without a terminal, a line after so many partnerships shows that it is still going without filling a log.
const PARTNERSHIPS_A_LINE: usize = 20;

/// Where an import tells how far it is.
#[derive(Debug)]
pub struct Progress {
    bar: Option<ProgressBar>,
    lines: bool,
    done: Mutex<usize>,
}

impl Progress {
    /// A bar on a terminal, a line now and then elsewhere.
    #[must_use]
    pub fn on_terminal() -> Self {
        let terminal = std::io::stderr().is_terminal();
        let bar = terminal.then(|| {
            let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
            let style = ProgressStyle::with_template("{bar:30} {pos} van {len} scholen · {msg}");
            style.map(|style| bar.clone().with_style(style)).unwrap_or(bar)
        });
        Self { bar, lines: !terminal, done: Mutex::new(0) }
    }

    /// Says nothing; for tests and seeds.
    #[must_use]
    pub const fn quiet() -> Self {
        Self { bar: None, lines: false, done: Mutex::new(0) }
    }

    /// How many schools there are to do.
    pub(super) fn start(&self, schools: usize) {
        if let Some(bar) = &self.bar {
            bar.set_length(schools as u64);
        }
    }

    /// A partnership is done.
    pub(super) fn partnership(&self, code: &str, schools: usize, partnerships: usize) {
        if let Some(bar) = &self.bar {
            bar.set_message(code.to_owned());
            bar.inc(schools as u64);
        }
        let Ok(mut done) = self.done.lock() else { return };
        *done += 1;
        if self.lines && *done % PARTNERSHIPS_A_LINE == 0 && *done < partnerships {
            super::warn(&format!("{done} van {partnerships} samenwerkingsverbanden ingelezen"));
        }
    }

    /// All is done.
    pub(super) fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
