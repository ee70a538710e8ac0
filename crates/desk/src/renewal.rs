//! A new identity for a PC that may not use its own any more: after a fork, a restored store, a copied disk, a revocation.
//! The store stays, its old journal as it was written; the office's feed tells what the centre has of it, and what only
//! this PC has is brought again under the new identity, with the numbers that are on paper. Not here: joining (`enrol`),
//! what is kept (`onedoor_store::tables::former`).

use crate::{
    desk::{Desk, Event},
    dto::{ErrorCode, Salvage, SalvageItem},
    error::{DeskError, Result},
    incarnation,
    sync_link::{NUMBERS_STOPPED, TICKET_SECRET},
};
use onedoor_protocol::{
    enrol::Enrolment,
    journal::{self, Body, WorkstationEnrolled},
    sign::SecretKey,
};
use onedoor_store::{Lines, Op, Store, tables::former::Waiting};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Lines that one act brings again.
const A_TIME: u32 = 100;
/// At most so many are looked at for the list.
const MOST_LISTED: u32 = 5_000;

impl Desk {
    /// Why this PC may get a new identity; none when it has no reason to.
    pub(crate) fn renewing(&self) -> Result<Option<String>> {
        let store = self.store()?;
        let stopped = store.read(|reader| reader.setting(NUMBERS_STOPPED))?;
        let known = [incarnation::RESTORED, incarnation::OTHER_MACHINE];
        Ok(stopped.map(|why| match known.contains(&why.as_str()) {
            true => why,
            false => "forked".to_string(),
        }))
    }

    /// The key to join with: this PC's own the first time; a new one for a new identity, the same at every try.
    pub(crate) fn joining_key(&self) -> Result<SecretKey> {
        let store = self.store()?;
        if self.workstation().is_err() {
            return Ok(store.read(|reader| reader.signing_key())?);
        }
        if self.renewing()?.is_none() {
            return Err(DeskError::new(ErrorCode::AlreadyEnrolled));
        }
        self.at_work()?;
        Ok(store.write(Op::local(|tx| tx.prepare_identity()))?.value)
    }

    /// The new identity's first lines, with the end of the old one, in one transaction.
    pub(crate) fn renew(&self, enrolled: WorkstationEnrolled, staff: Vec<Body>) -> Result<()> {
        let at = self.at_work()?;
        let why = self
            .renewing()?
            .ok_or(DeskError::new(ErrorCode::AlreadyEnrolled))?;
        // A receipt that a crash left out is signed by whoever received it.
        if let Err(error) = self.mend() {
            tracing::error!(detail = %error.detail, "a receipt is missing");
        }
        at.store.write(Op::act(at.context, move |tx| {
            let ended = tx.end_identity(&why, &[NUMBERS_STOPPED, incarnation::MACHINE])?;
            let lines = Lines::one(enrolled).and(ended);
            let lines = staff.into_iter().fold(lines, |lines, body| lines.and(body));
            Ok((lines, ()))
        }))?;
        Ok(())
    }

    /// A code or a ticket for another office would carry this office's filings there.
    pub(crate) fn same_office(&self, enrolment: &Enrolment) -> Result<()> {
        match self.workstation() {
            Ok(known) if known.enrolment.office.id != enrolment.office.id => {
                let name = known.enrolment.office.name;
                Err(DeskError::new(ErrorCode::OtherOffice).with("office", name))
            }
            _ => Ok(()),
        }
    }

    /// A secret of the old identity's ticket would be tried for the new one.
    pub(crate) fn forget_ticket(&self) -> Result<()> {
        let store = self.store()?;
        store.write(Op::local(|tx| tx.forget(TICKET_SECRET)))?;
        Ok(())
    }

    pub(crate) fn salvage_list(&self) -> Result<Salvage> {
        let store = self.at_work()?.store;
        let (formers, waiting) =
            store.read(|reader| Ok((reader.formers()?, reader.former_waiting(MOST_LISTED)?)))?;
        let count = |lines: u64| u32::try_from(lines).unwrap_or(u32::MAX);
        let mut by_filing: BTreeMap<Uuid, Vec<&Waiting>> = BTreeMap::new();
        let mut others = 0;
        for line in &waiting {
            match journal::decode(&line.line).ok().and_then(|it| it.dossier) {
                Some(filing) => by_filing.entry(filing).or_default().push(line),
                None => others += 1,
            }
        }
        let mut filings = Vec::new();
        for (filing, lines) in by_filing {
            match item(&store, filing, &lines)? {
                Some(item) => filings.push(item),
                None => others += count(lines.len() as u64),
            }
        }
        filings.sort_by(|one, other| one.received.cmp(&other.received));
        Ok(Salvage {
            compared: formers.iter().all(|former| former.compared),
            lines: count(formers.iter().map(|former| former.waiting).sum()),
            reissued: count(formers.iter().map(|former| former.reissued).sum()),
            others,
            filings,
        })
    }

    /// Brings again what only this PC has, once it is known what that is. Stopped in the middle, the rest still waits.
    pub(crate) fn salvage_reissue(&self) -> Result<Salvage> {
        let store = self.at_work()?.store;
        let formers = store.read(|reader| reader.formers())?;
        if !formers.iter().all(|former| former.compared) {
            return Err(DeskError::new(ErrorCode::NotCompared));
        }
        loop {
            let waiting = store.read(|reader| reader.former_waiting(A_TIME))?;
            let again = waiting.iter().map(Waiting::again);
            let mut again = again.collect::<Result<Vec<_>, _>>()?.into_iter();
            let Some(first) = again.next() else { break };
            let lines = again.fold(Lines::one(first), Lines::and);
            let context = self.at_work()?.context;
            store.write(Op::act(context, move |_| Ok((lines, ()))))?;
        }
        self.nudge(onedoor_sync::Nudge::Lines);
        self.tell(Event::Changed(vec!["filings"]));
        self.tell(Event::Sync);
        self.salvage_list()
    }
}

/// A filing with lines that only this PC has; none for what is no filing.
fn item(store: &Store, filing: Uuid, lines: &[&Waiting]) -> Result<Option<SalvageItem>> {
    let Some(row) = store.read(|reader| reader.filing(filing))? else {
        return Ok(None);
    };
    let received = lines.iter().find(|line| {
        let read = journal::decode(&line.line);
        read.is_ok_and(|read| matches!(read.body, Body::FilingReceived(_)))
    });
    let same_number = match &row.code {
        Some(code) => store.read(|reader| reader.same_code_elsewhere(code))?,
        None => false,
    };
    Ok(Some(SalvageItem {
        filing: filing.to_string(),
        code: row.code.or(row.provisional).unwrap_or_default(),
        applicant: row.applicant,
        received: row.received,
        hash8: received.map(|line| line.hash.hash8()),
        lines: u32::try_from(lines.len()).unwrap_or(u32::MAX),
        same_number,
    }))
}
