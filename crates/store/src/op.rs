//! The one write door and its three kinds. An Act can't be made without a line: [`Lines`] is never empty.
//! Not here: the transaction itself (writer), SQL (tables).

use crate::{
    error::Result,
    tables::{act::ActTx, local::LocalTx, mirror::MirrorTx},
};
use onedoor_protocol::{Hash32, journal::Body};
use uuid::Uuid;

/// Time and clerk, passed in: nothing below `desk` asks the system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Context {
    /// The office's wall clock, `YYYY-MM-DDTHH:MM:SS.mmm±HH:MM`.
    pub wall: String,
    /// The same in milliseconds since 1970.
    pub wall_ms: u64,
    /// Which start of the machine.
    pub boot: Uuid,
    /// Milliseconds since that start.
    pub mono: u64,
    /// Business day.
    pub day: String,
    /// Who acts; none = the program.
    pub clerk: Option<Uuid>,
}

/// One or more things that happened, in order.
#[derive(Debug, Clone)]
pub struct Lines {
    pub(crate) first: Body,
    pub(crate) more: Vec<Body>,
}

impl Lines {
    /// One line.
    pub fn one(body: impl Into<Body>) -> Self {
        Lines {
            first: body.into(),
            more: Vec::new(),
        }
    }

    /// And another.
    pub fn and(mut self, body: impl Into<Body>) -> Self {
        self.more.push(body.into());
        self
    }
}

type ActBody<T> = Box<dyn FnOnce(&mut ActTx<'_>) -> Result<(Lines, T)> + Send>;
type MirrorBody<T> = Box<dyn FnOnce(&mut MirrorTx<'_>) -> Result<T> + Send>;
type LocalBody<T> = Box<dyn FnOnce(&mut LocalTx<'_>) -> Result<T> + Send>;

/// A change of data.
pub enum Op<T> {
    /// What a person or the law did: lines in the journal, in the same transaction.
    Act(Context, ActBody<T>),
    /// What another place told us: no line, moves a mark.
    Mirror(MirrorBody<T>),
    /// What belongs to this PC only: drafts, settings. No line, never leaves the machine.
    Local(LocalBody<T>),
}

impl<T> Op<T> {
    /// An act whose lines follow from what the transaction finds (the next number, say).
    pub fn act(
        context: Context,
        body: impl FnOnce(&mut ActTx<'_>) -> Result<(Lines, T)> + Send + 'static,
    ) -> Self {
        Op::Act(context, Box::new(body))
    }

    /// News from another place.
    pub fn mirror(body: impl FnOnce(&mut MirrorTx<'_>) -> Result<T> + Send + 'static) -> Self {
        Op::Mirror(Box::new(body))
    }

    /// A thing of this PC.
    pub fn local(body: impl FnOnce(&mut LocalTx<'_>) -> Result<T> + Send + 'static) -> Self {
        Op::Local(Box::new(body))
    }
}

/// A line that was committed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CommittedLine {
    /// Its number.
    pub seq: u64,
    /// The chain's hash after it.
    pub hash: Hash32,
}

/// What a write gave back, after it was durable.
#[derive(Debug, Clone)]
pub struct Written<T> {
    /// The caller's own answer.
    pub value: T,
    /// The lines of an Act, in order; empty for Mirror and Local.
    pub lines: Vec<CommittedLine>,
}
