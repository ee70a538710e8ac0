//! What the centre's people say to the office: listed, and read once. Not here: how it comes (the feed).

use crate::{
    clock,
    desk::{Desk, Event},
    dto::{ErrorCode, MessageView},
    error::{DeskError, Result},
};
use onedoor_store::{Op, tables::facts::MessageRow};
use uuid::Uuid;

/// Messages that are listed.
const LISTED: u32 = 50;

impl Desk {
    pub(crate) fn message_list(&self) -> Result<Vec<MessageView>> {
        let rows = self.store()?.read(|reader| reader.messages(LISTED))?;
        let zone = self.now().time_zone().clone();
        let view = |row: MessageRow| {
            let at = row.message.at.parse::<jiff::Timestamp>();
            let at = at.map(|at| clock::local_text(at.to_zoned(zone.clone()).datetime()));
            MessageView {
                id: row.message.id.to_string(),
                at: at.unwrap_or(row.message.at),
                from: row.message.from,
                text: row.message.text,
                read: row.read,
            }
        };
        Ok(rows.into_iter().map(view).collect())
    }

    pub(crate) fn message_read(&self, id: String) -> Result<Vec<MessageView>> {
        let id: Uuid = id
            .parse()
            .map_err(|_| DeskError::new(ErrorCode::BadRequest))?;
        self.store()?
            .write(Op::local(move |tx| tx.message_read(&id)))?;
        self.tell(Event::Sync);
        self.message_list()
    }
}
