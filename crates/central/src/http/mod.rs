//! HTTP: what is asked of the centre and how it answers. Not here: what the answers are computed from.

pub(crate) mod access;
mod admission;
pub(crate) mod answer;
pub(crate) mod batches;
pub(crate) mod blobs;
mod chunks;
pub(crate) mod decisions;
pub(crate) mod download;
pub(crate) mod enrol;
pub(crate) mod feed;
pub(crate) mod hello;
pub(crate) mod metrics;
pub(crate) mod openapi;
pub(crate) mod operator;
pub(crate) mod outlet;
mod pace;
pub(crate) mod reads;
pub(crate) mod routes;
pub(crate) mod signed;
pub(crate) mod views;
