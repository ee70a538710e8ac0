//! Two roles of the database: the owner, who brings the tables up to date, and the service's own, which reads and writes
//! rows and can't drop, alter or rewrite what was signed for. Not here: making the roles (the province's database people).

use deadpool_postgres::GenericClient;

use crate::ledger::{LedgerError, LedgerResult};

/// Tables whose rows come and go.
const LIVING: &str = "office, workstation, enrol_secret, slot_lease, filing, filing_form, quarantine, quarantined_batch,
    operator_token, event_blob, blob, blob_stage, awaited_blob, told_blob, feed";
/// Tables whose rows are what was signed: they are added, and nobody touches them again.
const LASTING: &str = "event, countersignature, decision";

/// Lets a role do what the service does, and takes everything else from it.
pub(super) async fn grant(client: &impl GenericClient, role: &str) -> LedgerResult<()> {
    let letters = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    if role.is_empty() || role.len() > 63 || !role.bytes().all(letters) {
        return Err(LedgerError::Storage(format!(
            "a role's name is of a to z, 0 to 9 and _: {role}"
        )));
    }
    let sql = format!(
        "revoke all on all tables in schema public from \"{role}\";
         revoke create on schema public from \"{role}\";
         grant usage on schema public to \"{role}\";
         grant select, insert, update, delete on {LIVING} to \"{role}\";
         grant select, insert on {LASTING} to \"{role}\";
         grant update (day, hlc, t, v) on event to \"{role}\";
         grant select on refinery_schema_history to \"{role}\";"
    );
    // Behind one lock of the server: all of it, or nothing.
    client
        .batch_execute(&format!("begin; {sql} commit;"))
        .await?;
    Ok(())
}
