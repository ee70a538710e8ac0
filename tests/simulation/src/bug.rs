//! Faults planted in a workstation, one at a time: a simulation that does not find each of them proves nothing.

/// A planted fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
pub enum Bug {
    /// An old answer moves the mark, though its hash is not the journal's.
    StaleAck,
    /// No answer is taken for a good one.
    LostResponseIsSuccess,
    /// A login page is taken for an acknowledgement.
    PortalIsAck,
    /// An answer counts whoever signed it.
    ForgedAckBelieved,
    /// The mark moves one line too far.
    MarkOneTooFar,
    /// A line that the centre could not apply stops the lines behind it.
    PoisonBlocks,
    /// A restored database goes on with its numbers.
    DuplicateRangeAfterRestore,
    /// After a restart a line is journaled again, since its answer never came.
    JournaledTwice,
    /// "Have" counts whoever signed it.
    ForgedHaveBelieved,
    /// A blob's bytes are dropped when they were sent, not when the centre signed.
    DroppedBeforeReceipt,
    /// A page of the feed counts whoever signed it.
    ForgedFeedBelieved,
    /// The cursor of the feed is on the disk before the lines that it passed.
    CursorBeforePage,
    /// Every failure is followed by a try at once.
    NoBackoff,
}

impl Bug {
    /// All of them.
    pub const ALL: [Bug; 13] = [
        Bug::StaleAck,
        Bug::LostResponseIsSuccess,
        Bug::PortalIsAck,
        Bug::ForgedAckBelieved,
        Bug::MarkOneTooFar,
        Bug::PoisonBlocks,
        Bug::DuplicateRangeAfterRestore,
        Bug::JournaledTwice,
        Bug::ForgedHaveBelieved,
        Bug::DroppedBeforeReceipt,
        Bug::ForgedFeedBelieved,
        Bug::CursorBeforePage,
        Bug::NoBackoff,
    ];
}
