//! Joining an office: by a one-time code from the centre, or by a ticket file without a network.

use crate::{
    clock,
    desk::{Desk, Event},
    dto::{AppState, EnrolByCode, ErrorCode, PaperChoice, Settings},
    error::{DeskError, Result},
    sync_link::TICKET_SECRET,
};
use onedoor_protocol::{
    enrol::{EnrolRequest, Enrolment, Ticket},
    journal::{Body, StaffAdded, WorkstationEnrolled},
    sign::{PublicKey, SecretKey, Tag},
};
use onedoor_store::{Lines, Op, Store, keys::Slot};
use onedoor_sync::{
    TransportError,
    http::{centre_at, secure},
    transport::EnrolOutcome,
};

impl Desk {
    pub(crate) fn enrol_by_code(&self, request: EnrolByCode) -> Result<AppState> {
        let centre = address(&request.centre);
        let code: String = request.code.chars().filter(char::is_ascii_digit).collect();
        let key = self.joining_key()?;
        let transport = centre_at(&centre).map_err(transport_error)?;
        let question = EnrolRequest::new(&key, &code, &self.0.config.version);
        let outcome = self
            .0
            .config
            .runtime
            .block_on(transport.enrol(&question))
            .map_err(transport_error)?;
        let signed = match outcome {
            EnrolOutcome::Enrolled(signed) => signed,
            EnrolOutcome::CodeUsed => return Err(DeskError::new(ErrorCode::CodeUsed)),
            EnrolOutcome::CodeUnknown => return Err(DeskError::new(ErrorCode::CodeUnknown)),
            EnrolOutcome::TooManyTries => return Err(DeskError::new(ErrorCode::CentreUnreachable)),
        };
        // The first contact teaches us the centre's key; from here on every answer is held against it.
        let claimed: Enrolment = signed
            .peek()
            .ok_or(DeskError::new(ErrorCode::NotTheCentre))?;
        let server = claimed
            .server_keys
            .first()
            .and_then(|key| PublicKey::from_hex(key));
        let server = server.ok_or(DeskError::new(ErrorCode::NotTheCentre))?;
        let enrolment = signed
            .open(&server, Tag::Office, b"")
            .ok_or(DeskError::new(ErrorCode::NotTheCentre))?;
        self.same_office(&enrolment)?;
        self.forget_ticket()?;
        self.enrolled(enrolment, centre, &key)
    }

    pub(crate) fn enrol_by_ticket(&self, ticket: String) -> Result<AppState> {
        let ticket = Ticket::read(&ticket).ok_or(DeskError::new(ErrorCode::TicketInvalid))?;
        secure(&ticket.centre).map_err(|error| match error {
            TransportError::NotSecure => transport_error(error),
            _ => DeskError::because(ErrorCode::TicketInvalid, error),
        })?;
        self.same_office(&ticket.enrolment)?;
        let key = self.joining_key()?;
        let secret = ticket.secret.clone();
        self.store()?
            .write(Op::local(move |tx| tx.set(TICKET_SECRET, &secret)))?;
        self.enrolled(ticket.enrolment, ticket.centre, &key)
    }

    fn enrolled(&self, enrolment: Enrolment, centre: String, key: &SecretKey) -> Result<AppState> {
        let store = self.store()?;
        let zone = clock::zone(&enrolment.office.time_zone);
        if let Some(open) = &mut self.state().open {
            open.zone = zone;
        }
        let line = WorkstationEnrolled {
            enrolment,
            public_key: key.public().hex(),
            centre,
        };
        match self.workstation() {
            Err(_) => self.join(&store, line)?,
            Ok(_) => self.renew(line, self.staff_lines()?)?,
        }
        let workstation = store.read(|reader| reader.workstation())?;
        if let Some(workstation) = &workstation {
            self.keep_office_label(workstation);
        }
        if let Some(open) = &mut self.state().open {
            open.workstation = workstation;
            // The engine of an identity that ended ends with it.
            open.engine = None;
        }
        self.read_rules()?;
        self.paper_of_office()?;
        self.start_engine()?;
        self.tell(Event::Session);
        self.app_state()
    }

    fn staff_lines(&self) -> Result<Vec<Body>> {
        let slots = self.key_file()?.into_iter().flat_map(|keys| keys.slots);
        let named = slots.filter(|slot| !slot.name.is_empty());
        let line = |slot: Slot| {
            Body::from(StaffAdded {
                clerk: slot.id,
                name: slot.name,
                role: slot.role,
            })
        };
        Ok(named.map(line).collect())
    }

    fn join(&self, store: &Store, enrolled: WorkstationEnrolled) -> Result<()> {
        let staff = self.staff_lines()?.into_iter();
        let lines = staff.fold(Lines::one(enrolled), |lines, body| lines.and(body));
        let clerk = self
            .state()
            .open
            .as_ref()
            .and_then(|open| open.session.as_ref())
            .map(|session| session.clerk);
        let context = self.context(&self.now(), clerk);
        store.write(Op::act(context, move |_| Ok((lines, ()))))?;
        Ok(())
    }
}

impl Desk {
    /// Forms in two languages need a whole sheet; whoever has chosen another paper keeps it.
    fn paper_of_office(&self) -> Result<()> {
        let settings = self.settings();
        if self.rules().mission.is_some() && settings.paper == PaperChoice::A5 {
            let paper = PaperChoice::A4;
            self.settings_save(Settings { paper, ..settings })?;
        }
        Ok(())
    }
}

/// The address as typed from a note, without blanks; a bare name means TLS.
fn address(typed: &str) -> String {
    let typed = typed.trim().trim_end_matches('/');
    match typed.contains("://") {
        true => typed.to_string(),
        false => format!("https://{typed}"),
    }
}

fn transport_error(error: TransportError) -> DeskError {
    let code = match error {
        TransportError::NotTheCentre => ErrorCode::NotTheCentre,
        TransportError::NotSecure => ErrorCode::CentreNotSecure,
        TransportError::Offline | TransportError::ServerDown { .. } => ErrorCode::CentreUnreachable,
    };
    DeskError::because(code, error)
}
