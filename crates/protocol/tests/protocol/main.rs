//! Tests of the protocol: its bytes, what is refused, and the vectors that other programs check too.

mod batch;
mod blob;
mod capsule;
mod feed;
mod journal;
mod request;
mod signed;
mod vectors;
