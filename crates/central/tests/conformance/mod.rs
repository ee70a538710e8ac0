//! What every storage engine must do, stated once and run over each: `conformance!(open)` makes one test of each case.

mod applying;
mod blobs;
mod enrolling;
mod feed;
mod golden;
mod ingesting;
mod operating;
mod upkeep;

use std::sync::Arc;

use jiff::{Timestamp, civil::date};
use onedoor_central::ingest::Ingest;
use onedoor_central::ledger::{
    Enrolled, Expectation, Ingested, Ledger, NewWorkstation, OfficeRecord, SecretKind, Taken,
};
use onedoor_central::{Central, Notary, Options, plan};
use onedoor_protocol::{Hash32, batch, enrol::Counter, sign::SecretKey};
use onedoor_testkit::clock::FakeClock;
use onedoor_testkit::journal::{self, Journal};
use uuid::Uuid;

pub use applying::*;
pub use blobs::*;
pub use enrolling::*;
pub use feed::*;
pub use golden::*;
pub use ingesting::*;
pub use operating::*;
pub use upkeep::*;

/// An engine under test, with a notary and a clock beside it. `keep` holds whatever must outlive the test.
pub struct Bench {
    pub ledger: Arc<dyn Ledger>,
    pub notary: Arc<Notary>,
    pub clock: FakeClock,
    options: Option<Options>,
    _keep: Box<dyn std::any::Any + Send + Sync>,
}

impl Bench {
    /// A bench with the office `eatul`.
    pub async fn over(ledger: Arc<dyn Ledger>, keep: impl std::any::Any + Send + Sync) -> Self {
        let notary = Arc::new(Notary::from_seed(&[9; 32]));
        let record = OfficeRecord {
            office: journal::office(),
            province: "daklak".into(),
        };
        assert!(
            ledger.add_office(record).await.unwrap(),
            "the office is new"
        );
        Bench {
            ledger,
            notary,
            clock: FakeClock::monday(),
            options: None,
            _keep: Box::new(keep),
        }
    }

    /// The same, and how a whole centre is opened over this engine's database.
    pub fn with_centre(self, options: Options) -> Self {
        let clock = self.clock.reader();
        Bench {
            options: Some(Options { clock, ..options }),
            ..self
        }
    }

    /// A centre over this engine's database, with its own folder.
    pub async fn centre(&self) -> Central {
        let options = self.options.clone().unwrap();
        Central::open(options).await.unwrap()
    }

    /// The folder of that centre.
    pub fn folder(&self) -> &std::path::Path {
        &self.options.as_ref().unwrap().data
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// A workstation wanted at a counter, by a code that is good for a day.
    pub fn wanted(&self, counter: u16, code: &str) -> NewWorkstation {
        NewWorkstation {
            ws: Uuid::now_v7(),
            office: "eatul".into(),
            counter: Counter {
                number: counter,
                name: format!("Quầy {counter}"),
            },
            slot: plan::slot(counter).unwrap(),
            reserve: plan::reserve(counter).unwrap(),
            from: date(2026, 11, 23),
            days: plan::LEASE_DAYS,
            secret: secret(code),
            kind: SecretKind::Code,
            expires: Some(self.now() + jiff::SignedDuration::from_hours(24)),
        }
    }

    /// Expects and enrols a workstation at a counter, and gives its empty journal.
    pub async fn enrolled(&self, counter: u16) -> Journal {
        let key = SecretKey::from_seed(&[u8::try_from(counter).unwrap(); 32]);
        let new = self.wanted(counter, &format!("code of {counter}"));
        let made = self.ledger.await_enrolment(new.clone()).await.unwrap();
        assert!(matches!(made, Expectation::Made(_)), "{made:?}");
        let enrolled = self
            .ledger
            .enrol(new.secret, key.public().bytes(), self.now())
            .await
            .unwrap();
        assert!(matches!(enrolled, Enrolled::Accepted(_)), "{enrolled:?}");
        Journal::new(new.ws, key, "eatul")
    }

    /// Reads a batch as the HTTP side does.
    pub fn read(&self, journal: &Journal, bytes: &[u8]) -> Arc<Ingest> {
        let batch = batch::open(bytes).unwrap();
        Arc::new(Ingest::read(
            batch,
            journal.key.public().bytes(),
            self.now(),
            self.notary.clone(),
        ))
    }

    /// Sends a batch.
    pub async fn send(&self, journal: &Journal, bytes: &[u8]) -> Ingested {
        self.ledger.ingest(self.read(journal, bytes)).await.unwrap()
    }

    /// Sends a batch that must be taken.
    pub async fn take(&self, journal: &Journal, bytes: &[u8]) -> Taken {
        match self.send(journal, bytes).await {
            Ingested::Taken(taken) => *taken,
            other => panic!("not taken: {other:?}"),
        }
    }

    /// What the ledger stores of a journal.
    pub async fn stored(&self, journal: &Journal) -> Vec<Vec<u8>> {
        self.ledger.lines(journal.ws, 1, 10_000).await.unwrap()
    }
}

/// How the centre keeps a code.
pub fn secret(code: &str) -> Hash32 {
    Hash32::of(&[code.as_bytes()])
}

/// A code of counter 1 on Monday.
pub fn code(number: u32) -> String {
    format!("H15.50.05.13-261123-{number:04}")
}

/// One test of each case, over the engine that `$open` makes a bench of.
#[macro_export]
macro_rules! conformance {
    ($open:path) => {
        $crate::conformance!($open:
            a_batch_is_stored_and_answered_with_the_state,
            the_same_batch_again_changes_nothing,
            overlapping_batches_append_only_what_is_new,
            a_gap_is_refused_and_says_where_to_begin,
            another_line_under_a_known_number_is_a_fork,
            another_past_before_a_batch_is_a_fork,
            a_chain_of_another_key_is_a_fork_at_line_one,
            batches_of_the_same_lines_at_the_same_time_are_stored_once,
            a_batch_of_another_key_is_unknown,
            a_revoked_workstation_is_told_so_and_its_batch_kept_once,
            the_countersignature_is_kept_and_holds,
            lines_that_cannot_be_applied_never_delay_the_next,
            texts_that_a_database_refuses_do_not_reach_it,
            a_number_on_two_filings_is_kept_for_a_person_to_decide,
            a_provisional_number_on_two_filings_is_kept_for_a_person_to_decide,
            the_same_filing_twice_is_kept_once,
            forms_and_status_of_a_filing_are_known,
            the_later_clock_decides_a_status,
            the_later_clock_decides_a_promise,
            a_status_of_an_unknown_filing_waits_in_quarantine,
            filings_are_listed_in_pages_and_by_number_and_day,
            a_code_enrols_once_and_the_same_key_again,
            two_machines_with_one_code_make_one_workstation,
            a_code_ends_after_a_day_but_a_lost_answer_can_be_asked_again,
            numbers_of_a_counter_have_one_holder,
            numbers_of_a_revoked_workstation_are_free_the_next_day,
            an_unknown_office_expects_nobody,
            a_mission_abroad_keeps_its_host_and_its_money,
            a_token_is_found_by_its_hash_only,
            a_form_is_wanted_until_it_is_published,
            an_office_hears_only_of_blobs_that_its_lines_name,
            lines_of_newer_types_name_what_the_header_lists,
            what_was_said_of_chunks_is_kept_for_each_workstation,
            a_stage_ends_only_when_nobody_touched_it,
            an_office_may_fetch_what_its_lines_facts_and_snapshot_name,
            lines_reach_the_other_counters_once_in_order_and_unchanged,
            a_page_is_cut_by_lines_and_by_bytes,
            a_reader_beside_many_writers_misses_no_line,
            a_decision_reaches_the_counters_once,
            a_decision_never_undoes_what_the_counter_ended,
            a_trimmed_feed_names_its_snapshot,
            a_line_that_an_older_program_did_not_know_is_applied_once_by_a_newer_one,
            a_journal_can_be_hashed_anew_from_what_is_stored,
            what_a_workstation_said_of_itself_is_known,
            what_the_province_lacks_is_listed_until_it_has_it,
            offices_of_a_table_are_added_all_or_none,
            golden_batches_of_every_version_are_taken_and_nothing_of_them_is_lost,
            a_lease_is_renewed_for_a_workstation_that_works_and_never_shortened,
            a_feed_before_a_moment_ends_where_younger_lines_begin,
            a_feed_is_trimmed_behind_what_is_in_force_again_and_again,
            a_feed_is_trimmed_by_the_service_itself_about_once_a_month,
            the_next_key_is_told_to_every_office_and_signs_from_the_next_start,
            what_an_older_centre_did_not_know_is_applied_after_its_upgrade,
        );
    };
    ($open:path: $($case:ident,)*) => {
        $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $case() {
                conformance::$case(&$open().await).await;
            }
        )*
    };
}

/// Takes a ledger back to its first version, with the lines that came until then.
pub const BACK_TO_V1: &str =
    "drop table event_blob; drop table blob; drop table blob_stage; drop table told_blob; drop table awaited_blob;
    drop table feed; drop table decision;
    alter table office drop column feed_floor; alter table office drop column snapshot_sha256;
    alter table office drop column snapshot_size; alter table operator_token drop column role;
    drop index filing_outlet; alter table filing drop column delivered; alter table filing drop column due_hlc;
    alter table filing drop column corrected_hlc;
    alter table workstation drop column heard_at; alter table workstation drop column said_last;
    alter table office drop column host; alter table office drop column currency;
    update office set feed_seq = 0; delete from refinery_schema_history where version > 1";
