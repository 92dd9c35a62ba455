//! Forms that are sent once more. Always true here: a form keeps its key unless it is given another.

use crate::model::{
    cast::SCHOOLS,
    op::{Op, Parts},
};

impl Op {
    /// The key of a form.
    pub fn key(&self) -> Option<u32> {
        self.clone().key_place().copied()
    }

    fn key_place(&mut self) -> Option<&mut u32> {
        match self {
            Self::Allot { key, .. }
            | Self::Divide { key, .. }
            | Self::AskMove { key, .. }
            | Self::Donate { key, .. }
            | Self::GiveShown { key, .. }
            | Self::AskDraw { key, .. }
            | Self::AskReserve { key, .. }
            | Self::Book { key, .. }
            | Self::Move { key, .. }
            | Self::Reverse { key, .. } => Some(key),
            _ => None,
        }
    }

    /// Whether it answers something that is there: sent twice it says the same.
    pub const fn is_answer(&self) -> bool {
        matches!(self, Self::Accept { .. } | Self::Decline { .. } | Self::Cancel { .. } | Self::Record { .. } | Self::TakeBack { .. })
    }

    /// The same form under another key.
    pub fn with_key(&self, number: u32) -> Self {
        let mut form = self.clone();
        if let Some(key) = form.key_place() {
            *key = number;
        }
        form
    }

    /// The form with something else in it, under the same key.
    pub fn changed(&self, which: usize) -> Self {
        let mut form = self.clone();
        match (&mut form, which) {
            (Self::Allot { count, .. }, _) => count.contracts.iter_mut().for_each(|(_, hours, ..)| *hours += 11),
            (Self::Divide { parts, .. }, _) => *parts = Parts::Kept(Vec::new()),
            (Self::Reverse { place, .. }, _) => *place += 1,
            (Self::AskMove { to, .. }, 0) => *to += 1,
            (Self::AskMove { school, .. }, 1) => *school = None,
            (
                Self::Donate { month, .. } | Self::GiveShown { month, .. } | Self::AskDraw { month, .. } | Self::AskReserve { month, .. },
                0,
            ) => {
                *month += 1;
            }
            (Self::Donate { supplier, .. } | Self::AskDraw { supplier, .. } | Self::AskReserve { supplier, .. }, 1) => {
                *supplier = 1 - *supplier
            }
            (Self::AskDraw { booking, .. }, 2) => *booking = None,
            (Self::Book { school, .. }, 0) => *school = (*school + 1) % SCHOOLS,
            (Self::Book { by, .. }, 1) => *by = (*by + 1) % SCHOOLS,
            (Self::GiveShown { school, .. }, 1) => *school = (*school + 1) % SCHOOLS,
            (Self::Move { day, .. }, 0) => *day += 1,
            (Self::Move { by, .. }, 1) => *by = (*by + 1) % SCHOOLS,
            (Self::AskReserve { reason, .. }, 2) => *reason = !*reason,
            (Self::GiveShown { shown: minutes, .. }, _)
            | (
                Self::AskMove { minutes, .. }
                | Self::Donate { minutes, .. }
                | Self::AskDraw { minutes, .. }
                | Self::AskReserve { minutes, .. }
                | Self::Book { minutes, .. }
                | Self::Move { minutes, .. },
                _,
            ) => *minutes += 15,
            _ => {}
        }
        form
    }
}
