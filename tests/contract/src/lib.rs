//! What the contract tests share: a desk as its window would hold it, a centre that runs in this process, a sweep that
//! kills a program at each of its system calls, and a search through every byte of a folder. Not here: the tests.
//! Fixtures may panic: a broken one must stop the test with a reason.

pub mod bare;
pub mod centre;
pub mod counter;
pub mod link;
pub mod pc;
pub mod search;
pub mod sweep;
