//! Writes the plan through the ordinary acts, each at its own time. Not here: what the plan says.

use super::{
    days::{Plan, Visit},
    fees::{self, Paying},
};
use crate::{
    clock,
    current::current,
    desk::{At, Desk, SessionState},
    dto::ErrorCode,
    error::{DeskError, Result},
    receipt::FORM,
    receive::Committed,
};
use jiff::{
    Span,
    civil::{Date, DateTime},
};
use onedoor_domain::{access::Role, filing::Status, money::Currency};
use onedoor_protocol::journal::{
    Body, ClockConfirmed, FormRendered, Printed, SessionOpened, StatusChanged,
};
use onedoor_receipt::Paper;
use onedoor_store::{Hash32, Lines, Op, Store};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Filings whose forms are rendered side by side.
const TOGETHER: usize = 2;

/// A form that is stored and not yet named by a line.
struct Stored {
    filing: Uuid,
    template: &'static str,
    sha256: Hash32,
    size: u64,
    /// What was taken for it.
    paid: Vec<Body>,
}

/// Something of the plan, in the order of time.
#[derive(Clone, Copy)]
enum Step {
    Receive(usize),
    Move(usize, Status),
}

/// Writes a run of steps.
struct Writing<'d, 'p> {
    desk: &'d Desk,
    plan: &'p Plan,
    store: Store,
    clerks: Vec<SessionState>,
    /// The plan's visits that have become filings.
    filings: BTreeMap<usize, Uuid>,
    /// Received, without their form.
    pending: Vec<(Uuid, Paying)>,
    /// When the latest of them was received.
    received: DateTime,
    /// The day whose clock was confirmed last.
    day: Option<Date>,
    /// The till of that day.
    till: Option<(Uuid, Currency)>,
}

impl Desk {
    /// Everything that the centre will have.
    pub(super) fn write_past(&self, plan: &Plan, progress: &dyn Fn(u32, u32)) -> Result<()> {
        Writing::new(self, plan)?.run(progress, false)
    }

    /// What came since, as the last thing on this machine.
    pub(super) fn write_fresh(&self, plan: &Plan, progress: &dyn Fn(u32, u32)) -> Result<()> {
        Writing::new(self, plan)?.run(progress, true)?;
        self.remember_procedures(plan)
    }
}

impl<'d, 'p> Writing<'d, 'p> {
    fn new(desk: &'d Desk, plan: &'p Plan) -> Result<Self> {
        let store = desk.store()?;
        let (staff, head, till) =
            store.read(|reader| Ok((reader.staff()?, reader.head()?, reader.open_till()?)))?;
        let day = head.wall.get(..10).and_then(|day| day.parse().ok());
        let clerks = staff
            .into_iter()
            .filter(|row| row.role == Role::Clerk.as_str());
        let clerks = clerks.map(|row| SessionState {
            clerk: row.id,
            name: row.name,
            role: Role::Clerk,
            since: String::new(),
            how: "demo",
            left: false,
        });
        Ok(Writing {
            clerks: clerks.collect(),
            desk,
            plan,
            store,
            filings: BTreeMap::new(),
            pending: Vec::new(),
            received: plan.begin,
            day,
            till: till.map(|till| (till.id, till.currency)),
        })
    }

    fn run(mut self, progress: &dyn Fn(u32, u32), fresh: bool) -> Result<()> {
        let total = u32::try_from(self.plan.visits.len()).unwrap_or(u32::MAX);
        let steps = steps(&self.plan.visits, fresh);
        for (at, group) in &steps {
            self.open_day(*at)?;
            for step in group {
                if let Step::Receive(index) = step {
                    self.receive(*at, *index, if fresh { 1 } else { TOGETHER })?;
                    progress(u32::try_from(index + 1).unwrap_or(total), total);
                }
            }
            self.move_on(*at, group)?;
        }
        self.store_forms(self.received)
    }

    /// As at a moment of the demo. A moment that has not come yet (the demo was started before the doors opened) is
    /// journaled as now, so that the next start finds no event in its future.
    fn at(&self, moment: DateTime) -> Result<At> {
        let zone = {
            let state = self.desk.state();
            let open = state.open.as_ref();
            open.map(|open| open.zone.clone())
                .ok_or(DeskError::new(ErrorCode::NotSignedIn))?
        };
        let wrong = |error| DeskError::because(ErrorCode::Internal, error);
        let now = moment.to_zoned(zone.clone()).map_err(wrong)?;
        let real = clock::local(self.desk.0.config.clock.now(), 0, &zone);
        let session = self.on_duty(moment)?;
        let context = self
            .desk
            .context(&now.clone().min(real), Some(session.clerk));
        Ok(At {
            store: self.store.clone(),
            session,
            now,
            context,
        })
    }

    /// Clerks take turns, morning and afternoon.
    fn on_duty(&self, moment: DateTime) -> Result<SessionState> {
        let turn =
            usize::try_from(moment.day()).unwrap_or(0) * 2 + usize::from(moment.hour() >= 12);
        let clerk = self.clerks.get(turn % self.clerks.len().max(1)).cloned();
        clerk.ok_or(DeskError::new(ErrorCode::Internal))
    }

    /// The morning's clock and sign-in, after the evening's last forms.
    fn open_day(&mut self, moment: DateTime) -> Result<()> {
        if self.day == Some(moment.date()) {
            return Ok(());
        }
        self.store_forms(self.received)?;
        self.close_till()?;
        self.day = Some(moment.date());
        let opening = moment.date().at(7, 25, 0, 0).min(moment);
        let shown = opening.strftime("%Y-%m-%dT%H:%M").to_string();
        let clock = ClockConfirmed {
            at: shown.clone(),
            proposed: Some(shown),
            doubt: None,
        };
        let how = "demo".to_string();
        let at = self.at(opening)?;
        let till = fees::opened(&at.session.name, self.desk.till_currency()?);
        self.till = Currency::parse(&till.currency).map(|currency| (till.till, currency));
        let lines = Lines::one(clock).and(SessionOpened { how }).and(till);
        let context = at.context;
        self.store
            .write(Op::act(context, move |_| Ok((lines, ()))))?;
        Ok(())
    }

    /// The last evening's cash goes to the accountant.
    fn close_till(&self) -> Result<()> {
        let (Some(day), Some(till)) = (self.day, self.store.read(|reader| reader.open_till())?)
        else {
            return Ok(());
        };
        let evening = day.at(16, 55, 0, 0).max(self.received);
        let at = self.at(evening)?;
        let enrolment = self.desk.workstation()?.enrolment;
        let line = fees::handed_in(&till, &enrolment, &at, true);
        self.store
            .write(Op::act(at.context, move |_| Ok((Lines::one(line), ()))))?;
        Ok(())
    }

    fn receive(&mut self, moment: DateTime, index: usize, together: usize) -> Result<()> {
        let Some(visit) = self.plan.visits.get(index) else {
            return Ok(());
        };
        let at = self.at(moment)?;
        let Committed { filing, .. } = if visit.provisional {
            // The lease begins after this day, as when a counter's numbers have run out without a network.
            self.desk
                .lease_from(moment.date().saturating_add(Span::new().days(1)));
            let committed = self.desk.commit(&at, &visit.values);
            self.desk.lease_from(self.plan.begin.date());
            committed?
        } else {
            self.desk.commit(&at, &visit.values)?
        };
        self.filings.insert(index, filing);
        let over = visit.moves.iter().any(|(_, to)| *to == Status::HandedOver);
        let paying = Paying {
            nth: index,
            fresh: visit.fresh,
            over,
        };
        self.pending.push((filing, paying));
        self.received = moment.saturating_add(Span::new().seconds(1));
        if self.pending.len() >= together {
            self.store_forms(self.received)?;
        }
        Ok(())
    }

    /// Renders and stores the forms that wait, then names and prints them.
    fn store_forms(&mut self, moment: DateTime) -> Result<()> {
        let pending = std::mem::take(&mut self.pending);
        let Some((first, others)) = pending.split_first() else {
            return Ok(());
        };
        let stored = std::thread::scope(|scope| {
            let others: Vec<_> = others
                .iter()
                .map(|filing| scope.spawn(|| self.store_form(*filing)))
                .collect();
            let panicked = |_| Err(DeskError::new(ErrorCode::FormFailed));
            let first = std::iter::once(self.store_form(*first));
            let others = others
                .into_iter()
                .map(|t| t.join().unwrap_or_else(panicked));
            first.chain(others).collect::<Result<Vec<Stored>>>()
        })?;
        let bodies = stored.iter().flat_map(lines_of).collect();
        let Some(lines) = lines(bodies) else {
            return Ok(());
        };
        let context = self.at(moment)?.context;
        self.store.write(Op::act(context, move |tx| {
            for form in &stored {
                tx.name_blob(&form.sha256, form.size, "application/pdf")?;
            }
            Ok((lines, ()))
        }))?;
        Ok(())
    }

    fn store_form(&self, (filing, paying): (Uuid, Paying)) -> Result<Stored> {
        let lines = self.store.read(|reader| reader.lines_of(filing))?;
        let received = current(&lines)
            .ok_or(DeskError::new(ErrorCode::FilingUnknown))?
            .body;
        let (pdf, template) = self.desk.render(&self.store, filing, Paper::A5)?;
        let sha256 = self.store.blobs().put(&pdf)?;
        let size = u64::try_from(pdf.len()).unwrap_or(u64::MAX);
        Ok(Stored {
            filing,
            template,
            sha256,
            size,
            paid: fees::taken(&received, paying, self.till),
        })
    }

    fn move_on(&mut self, moment: DateTime, group: &[Step]) -> Result<()> {
        let moves = group.iter().filter_map(|step| match step {
            Step::Move(index, status) => Some(StatusChanged {
                filing: *self.filings.get(index)?,
                status: status.as_str().to_string(),
                reason: String::new(),
                approved_by: None,
            }),
            Step::Receive(_) => None,
        });
        let Some(lines) = lines(moves.map(Body::from).collect()) else {
            return Ok(());
        };
        self.store_forms(moment)?;
        let context = self.at(moment)?.context;
        self.store
            .write(Op::act(context, move |_| Ok((lines, ()))))?;
        Ok(())
    }
}

/// The lines of a form: it exists, and it was printed; and the fee that was paid then.
fn lines_of(form: &Stored) -> Vec<Body> {
    let rendered = FormRendered {
        filing: form.filing,
        form: FORM.to_string(),
        template: form.template.to_string(),
        sha256: form.sha256,
        size: form.size,
    };
    let printed = Printed {
        filing: form.filing,
        form: FORM.to_string(),
        sha256: form.sha256,
        how: "printer".to_string(),
    };
    let mut lines = vec![rendered.into(), printed.into()];
    lines.extend(form.paid.iter().cloned());
    lines
}

fn lines(bodies: Vec<Body>) -> Option<Lines> {
    let mut bodies = bodies.into_iter();
    let first = Lines::one(bodies.next()?);
    Some(bodies.fold(first, Lines::and))
}

/// What happens to the older or the fresh filings, grouped by moment.
fn steps(visits: &[Visit], fresh: bool) -> Vec<(DateTime, Vec<Step>)> {
    let mut steps: BTreeMap<DateTime, Vec<Step>> = BTreeMap::new();
    let chosen = visits
        .iter()
        .enumerate()
        .filter(|(_, visit)| visit.fresh == fresh);
    for (index, visit) in chosen {
        steps
            .entry(visit.at)
            .or_default()
            .push(Step::Receive(index));
        for (at, status) in &visit.moves {
            steps
                .entry(*at)
                .or_default()
                .push(Step::Move(index, *status));
        }
    }
    steps.into_iter().collect()
}
