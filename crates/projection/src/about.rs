//! What a filing is about, where that has a name of its own.

use onedoor_domain::filing::{CHILD_BIRTH, CHILD_NAME, same_child};
use onedoor_protocol::journal::FilingReceived;

/// The child whose birth is registered, where the procedure's own fields name one.
pub(crate) fn about(filing: &FilingReceived) -> Option<String> {
    let field = |id: &str| {
        let mut fields = filing.details.fields.iter();
        let found = fields.find(|field| field.id == id);
        found.map(|field| field.value.as_str())
    };
    same_child(field(CHILD_NAME)?, field(CHILD_BIRTH)?)
}
