//! The operator's acts, by what they are about.

pub(crate) mod facts;
pub(crate) mod feed;
pub(crate) mod journals;
pub(crate) mod offices;
pub(crate) mod serve;
pub(crate) mod staff;
