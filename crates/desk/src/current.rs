//! A received filing as it stands: what the line that received it says, as it was put right since, with the promise that
//! is in force. Pure. Not here: its status and numbers, which the store keeps.

use crate::life::COMPLETE;
use jiff::civil::DateTime;
use onedoor_protocol::journal::{Body, DueChanged, FilingReceived, Line};
use onedoor_store::tables::journal::StoredLine;

/// What its lines come to.
pub(crate) struct Current<'l> {
    /// All of it as it is now.
    pub body: FilingReceived,
    /// The line that today's receipt is drawn by: who wrote it signs the paper.
    pub signed: &'l StoredLine,
    /// When that line was written, by the hybrid clock; 0 for the line of receiving.
    pub signed_at: u64,
    /// Since when nothing is lacking, where something was.
    pub complete: Option<DateTime>,
    /// When it was put right last.
    pub corrected: Option<DateTime>,
    /// The promise that was made since, and the line that made it.
    pub promise: Option<(&'l Line, &'l DueChanged)>,
}

/// None where none of the lines received the filing.
pub(crate) fn current(lines: &[(StoredLine, Line)]) -> Option<Current<'_>> {
    let received = lines.iter().find_map(|(stored, line)| match &line.body {
        Body::FilingReceived(body) => Some((stored, body)),
        _ => None,
    });
    let (received, body) = received?;
    let corrections = lines.iter().filter_map(|(stored, line)| match &line.body {
        Body::FilingCorrected(now) => Some((stored, line, now)),
        _ => None,
    });
    let corrected = corrections.max_by_key(|(_, line, _)| line.happened());
    let changes = lines.iter().filter_map(|(stored, line)| match &line.body {
        Body::DueChanged(change) => Some((stored, line, &**change)),
        _ => None,
    });
    let promise = changes
        .clone()
        .max_by_key(|(_, line, _)| line.happened())
        .map(|(_, line, change)| (line, change));
    let restart = changes
        .filter(|(_, _, change)| change.why == COMPLETE)
        .max_by_key(|(_, line, _)| line.happened());
    let mut now = Current {
        body: corrected.map_or_else(|| (**body).clone(), |(_, _, now)| now.corrected.clone()),
        signed: corrected.map_or(received, |(stored, ..)| stored),
        signed_at: corrected.map_or(0, |(_, line, _)| line.happened()),
        complete: restart.and_then(|(_, line, _)| wall(line)),
        corrected: corrected.and_then(|(_, line, _)| wall(line)),
        promise,
    };
    if let Some((stored, line, change)) = restart
        && corrected.is_none_or(|(_, before, _)| before.happened() < line.happened())
    {
        now.body.due = change.due.clone();
        (now.signed, now.signed_at) = (stored, line.happened());
    }
    Some(now)
}

/// The office's clock when a line was written.
pub(crate) fn wall(line: &Line) -> Option<DateTime> {
    line.stamp.wall.get(..19)?.parse().ok()
}
