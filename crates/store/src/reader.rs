//! Two or three read-only connections, and what may be asked of them. Not here: SQL (tables).

use crate::{
    error::{Result, StoreError},
    tables::{
        blobs, choices, drafts, facts, feed, filings, former, journal, let_go, look_ups,
        mirror::{self, Keeper, Mark},
        money, office_documents, pads, persons, rekey, settings, slips, snapshot, staff, tills,
        voided,
        workstation::{self, WorkstationState},
    },
};
use onedoor_protocol::{
    Hash32,
    journal::{Line, PersonRecord},
    sign::{PublicKey, SecretKey},
};
use rusqlite::Connection;
use std::sync::{Condvar, Mutex, PoisonError};
use uuid::Uuid;

/// A pool of read-only connections.
pub struct Readers {
    idle: Mutex<Vec<Connection>>,
    freed: Condvar,
}

impl Readers {
    pub(crate) fn new(connections: Vec<Connection>) -> Self {
        Readers {
            idle: Mutex::new(connections),
            freed: Condvar::new(),
        }
    }

    /// Reads one consistent state.
    pub fn read<T>(&self, body: impl FnOnce(&Reader<'_>) -> Result<T>) -> Result<T> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let connection = loop {
            match idle.pop() {
                Some(connection) => break connection,
                None => {
                    idle = self
                        .freed
                        .wait(idle)
                        .unwrap_or_else(PoisonError::into_inner)
                }
            }
        };
        drop(idle);
        let lent = Lent {
            readers: self,
            connection: Some(connection),
        };
        let Some(connection) = &lent.connection else {
            return Err(StoreError::Closed);
        };
        let snapshot = connection.unchecked_transaction()?;
        body(&Reader {
            connection: &snapshot,
        })
    }
}

/// Gives a connection back, also when the reading panicked.
struct Lent<'r> {
    readers: &'r Readers,
    connection: Option<Connection>,
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take() {
            self.readers
                .idle
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(connection);
            self.readers.freed.notify_one();
        }
    }
}

/// One consistent state of the store.
pub struct Reader<'c> {
    connection: &'c Connection,
}

impl Reader<'_> {
    /// Office, counter and lease; none before enrolment.
    pub fn workstation(&self) -> Result<Option<WorkstationState>> {
        workstation::state(self.connection)
    }

    /// This workstation's signing key.
    pub fn signing_key(&self) -> Result<SecretKey> {
        crate::tables::act::signing_key(self.connection)
    }

    /// The key of this workstation, or of what this PC was before; none of any other's.
    pub fn key_of(&self, ws: Uuid) -> Result<Option<SecretKey>> {
        former::key(self.connection, ws)
    }

    /// What this PC was before, the latest first.
    pub fn formers(&self) -> Result<Vec<former::Former>> {
        former::list(self.connection)
    }

    /// Lines of it that only this PC has, in the order in which they were written.
    pub fn former_waiting(&self, limit: u32) -> Result<Vec<former::Waiting>> {
        former::waiting(self.connection, limit)
    }

    /// The numbers that were voided on a business day.
    pub fn voided_on(&self, day: &str) -> Result<Vec<voided::VoidedRow>> {
        voided::on_day(self.connection, day)
    }

    /// Whether this number was voided.
    pub fn is_voided(&self, code: &str) -> Result<bool> {
        voided::is_voided(self.connection, code)
    }

    /// Codes of a range, as text, that something accounts for, and whether that is a filing.
    pub fn accounted(&self, first: &str, last: &str) -> Result<Vec<(String, bool)>> {
        voided::accounted(self.connection, first, last)
    }

    /// The public keys of the office's workstations, this one's and what it was before among them.
    pub fn office_keys(&self) -> Result<Vec<PublicKey>> {
        let mut keys = feed::keys(self.connection)?;
        keys.push(self.signing_key()?.public());
        for former in self.formers()? {
            keys.extend(self.key_of(former.ws)?.map(|key| key.public()));
        }
        Ok(keys)
    }

    /// Whether another filing of the office has this code on paper too.
    pub fn same_code_elsewhere(&self, code: &str) -> Result<bool> {
        former::same_code_elsewhere(self.connection, code)
    }

    /// The end of the chain.
    pub fn head(&self) -> Result<journal::Head> {
        journal::head(self.connection)
    }

    /// Lines from `first` on.
    pub fn lines(&self, first: u64, limit: usize) -> Result<Vec<journal::StoredLine>> {
        journal::lines(self.connection, first, limit)
    }

    /// The chain's hash after a line; for 0 the hash before the first.
    pub fn hash_at(&self, seq: u64) -> Result<Option<Hash32>> {
        journal::hash_at(self.connection, seq)
    }

    /// How many lines wait from `first` on, and their bytes.
    pub fn waiting(&self, first: u64) -> Result<(u64, u64)> {
        journal::waiting(self.connection, first)
    }

    /// Blobs that the centre lacks, and whether each belongs to a filing that is due soon; these first.
    pub fn unpublished(&self, limit: usize) -> Result<Vec<(blobs::OneSided, bool)>> {
        blobs::unpublished(self.connection, limit)
    }

    /// Blobs that shall come here from the centre, the smallest first.
    pub fn wanted(&self, limit: usize) -> Result<Vec<blobs::OneSided>> {
        blobs::wanted(self.connection, limit)
    }

    /// What of the blobs may leave this PC.
    pub fn may_let_go(&self, terms: &let_go::Terms) -> Result<let_go::Amount> {
        let mut may = let_go::Amount::default();
        let candidates = let_go::candidates(self.connection, terms)?;
        candidates.iter().for_each(|one| may.add(one.size));
        Ok(may)
    }

    /// The day on which a blob left this PC; none when it did not, or came back.
    pub fn let_go(&self, sha256: &Hash32) -> Result<Option<String>> {
        let_go::day(self.connection, sha256)
    }

    /// All blobs that left this PC and did not come back.
    pub fn let_go_total(&self) -> Result<let_go::Amount> {
        let_go::total(self.connection)
    }

    /// How many blobs the centre lacks, and their bytes.
    pub fn unpublished_bytes(&self) -> Result<(u64, u64)> {
        blobs::waiting(self.connection)
    }

    /// All lines about a filing.
    pub fn lines_of(&self, filing: Uuid) -> Result<Vec<(journal::StoredLine, Line)>> {
        journal::of_filing(self.connection, filing)
    }

    /// Checks the chain from line `first` to the head.
    pub fn verify_chain(&self, first: u64) -> Result<()> {
        journal::verify(self.connection, first)
    }

    /// How far a keeper has this journal.
    pub fn mark(&self, keeper: Keeper) -> Result<Option<Mark>> {
        mirror::mark(self.connection, keeper)
    }

    /// How far the office's feed was read.
    pub fn feed_cursor(&self) -> Result<u64> {
        feed::cursor(self.connection)
    }

    /// The centre's last messages, the newest first.
    pub fn messages(&self, limit: u32) -> Result<Vec<facts::MessageRow>> {
        facts::messages(self.connection, limit)
    }

    /// How many of the last messages nobody here has read.
    pub fn unread_messages(&self) -> Result<u32> {
        facts::unread(self.connection)
    }

    /// How the office's line is used, by the centre's last word.
    pub fn policy(&self) -> Result<onedoor_protocol::facts::PolicyFact> {
        facts::policy(self.connection)
    }

    /// Facts of the centre that say nothing sensible.
    pub fn refused_facts(&self, limit: u32) -> Result<Vec<facts::Refused>> {
        facts::refused(self.connection, limit)
    }

    /// The snapshot of the feed that is on its way here.
    pub fn snapshot(&self) -> Result<Option<snapshot::Underway>> {
        snapshot::underway(self.connection)
    }

    /// The part of it that begins here.
    pub fn snapshot_part(&self, first: u64) -> Result<Option<Vec<u8>>> {
        snapshot::part(self.connection, first)
    }

    /// Whether its parts have the name's hash.
    pub fn snapshot_is_genuine(&self, name: &Hash32) -> Result<bool> {
        snapshot::is_genuine(self.connection, name)
    }

    /// Lines of other counters that change nothing here.
    pub fn unapplied(&self, limit: u32) -> Result<Vec<feed::Unapplied>> {
        feed::unapplied(self.connection, limit)
    }

    /// What the solving unit decided of a filing.
    pub fn decisions(&self, filing: Uuid) -> Result<Vec<onedoor_protocol::feed::DecisionLine>> {
        feed::decisions(self.connection, filing)
    }

    /// Filings of a kind, newest first.
    pub fn filings(
        &self,
        which: &filings::Which,
        text: &str,
        limit: u32,
    ) -> Result<Vec<filings::FilingRow>> {
        filings::list(self.connection, which, text, limit)
    }

    /// How many filings of a kind.
    pub fn count(&self, which: &filings::Which) -> Result<u32> {
        filings::count(self.connection, which)
    }

    /// One filing.
    pub fn filing(&self, id: Uuid) -> Result<Option<filings::FilingRow>> {
        filings::get(self.connection, id)
    }

    /// The hybrid clocks of the lines that last put a filing right and last changed its promise.
    pub fn put_right(&self, id: Uuid) -> Result<Option<(i64, i64)>> {
        filings::put_right(self.connection, id)
    }

    /// The newest stored PDF of a form.
    pub fn form(&self, filing: Uuid, form: &str) -> Result<Option<Hash32>> {
        filings::form(self.connection, filing, form)
    }

    /// Filings that lack a form's PDF.
    pub fn without_form(&self, form: &str, limit: u32) -> Result<Vec<Uuid>> {
        filings::without_form(self.connection, form, limit)
    }

    /// One slip.
    pub fn slip(&self, id: Uuid) -> Result<Option<slips::SlipRow>> {
        slips::get(self.connection, id)
    }

    /// The slips of a filing, oldest first.
    pub fn slips_of(&self, filing: Uuid) -> Result<Vec<slips::SlipRow>> {
        slips::of(self.connection, filing)
    }

    /// The last slips, newest first.
    pub fn slips(&self, limit: u32) -> Result<Vec<slips::SlipRow>> {
        slips::list(self.connection, limit)
    }

    /// Slips that lack their PDF.
    pub fn slips_without_form(&self, limit: u32) -> Result<Vec<Uuid>> {
        slips::without_form(self.connection, limit)
    }

    /// The official code that another system gave a filing.
    pub fn official(&self, filing: Uuid) -> Result<Option<String>> {
        rekey::official(self.connection, filing)
    }

    /// Filings whose official code begins so.
    pub fn by_official(&self, begin: &str) -> Result<Vec<Uuid>> {
        rekey::by_official(self.connection, begin)
    }

    /// The filing that has exactly this code, be it its own or another system's.
    pub fn holder_of(&self, code: &str) -> Result<Option<Uuid>> {
        rekey::holder(self.connection, code)
    }

    /// Which fields of a filing were copied into another system's program.
    pub fn rekey_ticks(&self, filing: Uuid) -> Result<std::collections::BTreeSet<String>> {
        rekey::ticks(self.connection, filing)
    }

    /// Papers of open filings that wait to be looked up.
    pub fn look_ups(&self, limit: u32) -> Result<Vec<look_ups::WaitingRow>> {
        look_ups::waiting(self.connection, limit)
    }

    /// How many papers of open filings wait to be looked up.
    pub fn look_ups_open(&self) -> Result<u32> {
        look_ups::count(self.connection)
    }

    /// The payments of a filing, oldest first.
    pub fn payments_of(&self, filing: Uuid) -> Result<Vec<money::PaymentRow>> {
        money::of_filing(self.connection, filing)
    }

    /// Where fees are transferred to; none until an office has said so.
    pub fn payment_account(&self) -> Result<Option<onedoor_domain::vietqr::BankAccount>> {
        money::account(self.connection)
    }

    /// The till of this counter that is open.
    pub fn open_till(&self) -> Result<Option<tills::TillRow>> {
        tills::open(self.connection)
    }

    /// The last tills of this counter, the newest first.
    pub fn tills(&self, limit: u32) -> Result<Vec<tills::TillRow>> {
        tills::last(self.connection, limit)
    }

    /// What came and went at this counter on a day.
    pub fn day_money(
        &self,
        day: &str,
        currency: onedoor_domain::money::Currency,
    ) -> Result<tills::DayMoney> {
        tills::day(self.connection, day, currency)
    }

    /// The papers of a filing that were to be looked up, and what came of them.
    pub fn look_ups_of(&self, filing: Uuid) -> Result<Vec<look_ups::SettledRow>> {
        look_ups::of_filing(self.connection, filing)
    }

    /// Persons and organisations by number, telephone or words of the name; merged ones by the entry that was kept.
    pub fn persons(&self, text: &str, limit: u32) -> Result<Vec<PersonRecord>> {
        persons::find(self.connection, text, limit)
    }

    /// The register's entries with this very number.
    pub fn persons_numbered(&self, number: persons::Number<'_>) -> Result<Vec<PersonRecord>> {
        persons::numbered(self.connection, number)
    }

    /// One entry of the register.
    pub fn person(&self, id: Uuid) -> Result<Option<PersonRecord>> {
        persons::get(self.connection, id)
    }

    /// The entry that this one means: itself, or the one it was merged into.
    pub fn person_today(&self, id: Uuid) -> Result<Uuid> {
        persons::today(self.connection, id)
    }

    /// The entries that were merged into this one.
    pub fn persons_merged(&self, kept: Uuid) -> Result<Vec<PersonRecord>> {
        persons::merged(self.connection, kept)
    }

    /// Other entries that may be the same person.
    pub fn doubles(&self, person: Uuid) -> Result<Vec<PersonRecord>> {
        persons::doubles(self.connection, person)
    }

    /// Everybody who works here.
    pub fn staff(&self) -> Result<Vec<staff::StaffRow>> {
        staff::all(self.connection)
    }

    /// One of them.
    pub fn clerk(&self, id: Uuid) -> Result<Option<staff::StaffRow>> {
        staff::get(self.connection, id)
    }

    /// A clerk's draft.
    pub fn draft(&self, clerk: Uuid, kind: &str) -> Result<Option<drafts::DraftRow>> {
        drafts::get(self.connection, clerk, kind)
    }

    /// A setting of this PC.
    pub fn setting(&self, name: &str) -> Result<Option<String>> {
        settings::get(self.connection, name)
    }

    /// What the office set as its calendar, tariff and list of communes, in the order in which it was set.
    pub fn office_documents(&self) -> Result<Vec<office_documents::OfficeDocumentRow>> {
        office_documents::all(self.connection)
    }

    /// What the office said about procedures.
    pub fn choices(&self) -> Result<Vec<choices::ChoiceRow>> {
        choices::all(self.connection)
    }

    /// Sheets of form 01 printed ahead, the blank ones first.
    pub fn pads(&self, limit: u32) -> Result<Vec<pads::PadRow>> {
        pads::list(self.connection, limit)
    }

    /// One sheet by its code.
    pub fn pad(&self, code: &str) -> Result<Option<pads::PadRow>> {
        pads::get(self.connection, code)
    }

    /// Procedures received last on this PC.
    pub fn last_procedures(&self, limit: u32) -> Result<Vec<String>> {
        settings::last_procedures(self.connection, limit)
    }
}
