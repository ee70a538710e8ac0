//! Tests of the store on real SQLCipher files in temporary folders. SQLite is never mocked.

mod office;

mod ack;
mod blobs;
mod canary;
mod child;
mod corrected;
#[cfg(target_os = "linux")]
mod disk;
mod facts;
mod feed;
mod golden;
mod journal;
mod keys;
mod let_go;
mod numbers;
mod opening;
mod people;
mod receive;
mod schema;
mod search;
mod slips;
mod vectors;
mod writer;
