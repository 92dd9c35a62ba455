//! organisations
