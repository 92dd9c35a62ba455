//! The guide: what anybody may read without signing in. Always true: nothing here is loaded, and nothing here is about anybody.

mod accessibility;
mod desk;
mod rules;

pub use accessibility::AccessibilityPage;
pub use desk::DeskPage;
pub use rules::RulesPage;
