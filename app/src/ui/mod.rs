//! Shared parts without a noun. A part shows and never loads: it takes plain data with strings that are ready to read,
//! so that server and browser render the same.

pub mod blocks;
pub(crate) mod browser;
pub mod button;
pub mod card;
pub mod chip;
pub mod choices;
pub mod dialog;
pub mod downloads;
pub mod empty;
pub mod face;
pub mod field;
pub mod form;
pub mod frame;
pub mod icon;
pub mod loaded;
pub mod months;
pub mod outcome;
pub mod page;
pub mod progress;
pub mod sentence;
pub mod session_warning;
#[cfg(feature = "ssr")]
pub mod sheet;
pub mod slots;
#[cfg(feature = "ssr")]
pub mod sprite;
pub mod steps;
pub mod table;
#[cfg(all(test, feature = "ssr"))]
pub(crate) mod testing;
pub mod text_area;
pub mod trail;

pub use blocks::{Blocks, KeyItem, KeyList, Meter, Part, PartKind, Size};
pub use button::{Button, Kind, LinkButton};
pub use card::{Card, DayLeaf, Fact, Facts, Figure};
pub use chip::{Chip, State, Supplier, SupplierName, Tag, Tags};
pub use choices::{Choice, Choices, Tile};
pub use dialog::Dialog;
pub use downloads::Downloads;
pub use empty::Empty;
pub use face::{Face, FaceSize, Person};
pub use field::{Field, Select, SelectOption};
pub use form::{Form, FormAction, Said, provide_flash, typed};
pub use icon::{Icon, IconName, Mark, Street};
#[cfg(feature = "ssr")]
pub use loaded::provide_page_key;
pub use loaded::{Loaded, page_key, percent};
pub use months::{House, HouseKey, HouseParts, MonthCell, MonthColumn, MonthRow, Months, RowKind};
pub use outcome::{Outcome, Problem, Refused, Tone};
pub use page::{PageHead, PageTitle};
pub use sentence::{Sentence, linking};
pub use slots::{SlotDay, SlotTime, SlotWeek, Slots};
pub use steps::{Step, StepState, Steps};
pub use table::{Cell, Column, Row, RowHead, Scroll, Table};
pub use text_area::TextArea;
pub use trail::{Back, Crumb, Crumbs, Pagination, Tab, Tabs};

/// Class names that are there, with single spaces between.
pub(crate) fn classes<const N: usize>(names: [&str; N]) -> String {
    names.iter().filter(|name| !name.is_empty()).copied().collect::<Vec<_>>().join(" ")
}
