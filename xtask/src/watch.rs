//! Notices that a source file changed, by looking at every modification time twice a second.
//! Always true: it reports a change only once writing has stopped, so that a half-saved file is not compiled.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use anyhow::Result;

use crate::{shell, site};

const WATCHED: [&str; 7] = ["app", "server", "style", "public", "migrations", "Cargo.toml", "Cargo.lock"];
/// A few hundred files take about a millisecond, so looking often costs nothing that a person would notice.
const PAUSE: Duration = Duration::from_millis(500);

type Times = BTreeMap<PathBuf, SystemTime>;

pub struct Watch {
    seen: Times,
}

impl Watch {
    pub fn begin() -> Result<Self> {
        Ok(Self { seen: times()? })
    }

    /// Waits for one pause; gives a changed file when there is one.
    pub fn pause(&mut self) -> Result<Option<PathBuf>> {
        std::thread::sleep(PAUSE);
        let mut now = times()?;
        let Some(changed) = difference(&self.seen, &now) else { return Ok(None) };
        loop {
            std::thread::sleep(PAUSE / 2);
            let later = times()?;
            if later == now {
                break;
            }
            now = later;
        }
        self.seen = now;
        Ok(Some(changed.strip_prefix(shell::root()).map(PathBuf::from).unwrap_or(changed)))
    }
}

fn times() -> Result<Times> {
    let mut times = Times::new();
    for name in WATCHED {
        let path = shell::root().join(name);
        let files = if path.is_file() { vec![path] } else { site::files_below(&path)? };
        for file in files {
            // A file may vanish between listing and looking: that is a change too, seen at the next look.
            if let Ok(modified) = file.metadata().and_then(|metadata| metadata.modified()) {
                times.insert(file, modified);
            }
        }
    }
    Ok(times)
}

fn difference(before: &Times, after: &Times) -> Option<PathBuf> {
    let changed = after.iter().find(|(path, time)| before.get(*path).is_none_or(|seen| seen != *time)).map(|(path, _)| path.clone());
    changed.or_else(|| before.keys().find(|path| !after.contains_key(*path)).cloned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_a_touched_and_a_removed_file_are_all_changes() {
        let (a, b) = (PathBuf::from("a"), PathBuf::from("b"));
        let early = SystemTime::UNIX_EPOCH;
        let late = early + Duration::from_secs(1);
        let before = Times::from([(a.clone(), early)]);
        assert_eq!(difference(&before, &before), None);
        assert_eq!(difference(&before, &Times::from([(a.clone(), late)])), Some(a.clone()));
        assert_eq!(difference(&before, &Times::from([(a.clone(), early), (b.clone(), early)])), Some(b));
        assert_eq!(difference(&before, &Times::new()), Some(a));
    }
}
