//! Tests of the store on real SQLCipher files in temporary folders. SQLite is never mocked.

mod office;

mod ack;
mod journal;
mod keys;
mod numbers;
mod opening;
mod receive;
mod search;
mod writer;
