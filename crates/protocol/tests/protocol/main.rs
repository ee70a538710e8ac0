//! Tests of the protocol: its bytes, what is refused, and the vectors that other programs check too.

mod batch;
mod capsule;
mod journal;
mod signed;
mod vectors;
