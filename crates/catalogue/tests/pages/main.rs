//! The national catalogue, held against the 2,642 pages and the sample labelled by hand.

mod labelled;
mod labels;
mod national;
mod properties;
mod reread;
mod source;
mod verbatim;
