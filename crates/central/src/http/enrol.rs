//! `POST /v1/enrol`: a PC becomes a workstation, by one-time code or ticket. Asking again with the same key gives the
//! same answer, so that a lost answer costs nothing.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use jiff::Timestamp;
use onedoor_protocol::{
    Hash32,
    enrol::{EnrolRequest, Enrolment},
    sign::{Signed, Tag},
};

use crate::central::Central;
use crate::ledger::{Enrolled, LedgerError, WorkstationRecord};

use super::answer::{ProblemCode, Refusal};
use super::routes::Service;

/// Wrong codes in a minute before the next one has to wait.
const TRIES: usize = 10;
const MINUTE: i64 = 60;

/// How a code or a ticket's secret is kept: never in the clear.
pub(crate) fn secret_hash(secret: &str) -> Hash32 {
    Hash32::of(&[b"onedoor-enrol-secret-1", secret.as_bytes()])
}

/// The moments of the last wrong codes of this process: eight digits are only safe if guessing is slow.
#[derive(Debug, Clone, Default)]
pub(crate) struct WrongTries(Arc<Mutex<VecDeque<i64>>>);

impl WrongTries {
    /// Counts a try as wrong until it turns out right; `Err` = seconds to wait.
    fn begin(&self, now: Timestamp) -> Result<(), u32> {
        let now = now.as_second();
        let mut tries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        tries.retain(|at| (0..MINUTE).contains(&(now - at)));
        if let Some(oldest) = tries.front().filter(|_| tries.len() >= TRIES) {
            return Err(u32::try_from(oldest + MINUTE - now).unwrap_or(1).max(1));
        }
        tries.push_back(now);
        Ok(())
    }

    fn was_right(&self) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop_back();
    }
}

/// Enrols a workstation.
#[utoipa::path(
    post,
    path = "/v1/enrol",
    tag = "workstation",
    request_body = super::views::EnrolRequestView,
    responses(
        (status = 200, description = "Signed enrolment; the same code with the same key gives it again", body = super::views::SignedView),
        (status = 400, description = "malformed or bad_proof", body = super::answer::Problem),
        (status = 404, description = "code_unknown", body = super::answer::Problem),
        (status = 409, description = "code_used", body = super::answer::Problem),
        (status = 429, description = "too_many_tries, with Retry-After", body = super::answer::Problem),
        (status = 503, description = "busy, with Retry-After", body = super::answer::Problem),
    )
)]
pub(crate) async fn enrol(
    State(service): State<Service>,
    body: Result<Json<EnrolRequest>, JsonRejection>,
) -> Result<Json<Signed>, Refusal> {
    let Ok(Json(request)) = body else {
        return Err(ProblemCode::Malformed.into());
    };
    let key = request.verified_key().ok_or(ProblemCode::BadProof)?;
    let central = &service.central;
    let now = (central.clock)();
    service
        .wrong_tries
        .begin(now)
        .map_err(|seconds| Refusal::later(ProblemCode::TooManyTries, seconds))?;
    let enrolled = central
        .ledger
        .enrol(secret_hash(&request.code), key.bytes(), now)
        .await;
    if !matches!(enrolled, Ok(Enrolled::CodeUnknown)) {
        service.wrong_tries.was_right();
    }
    match enrolled? {
        Enrolled::Accepted(workstation) => Ok(Json(answer(central, *workstation).await?)),
        Enrolled::CodeUnknown => Err(ProblemCode::CodeUnknown.into()),
        Enrolled::CodeUsed => Err(ProblemCode::CodeUsed.into()),
    }
}

async fn answer(central: &Central, workstation: WorkstationRecord) -> Result<Signed, LedgerError> {
    let damaged = |what: &str| LedgerError::Damaged(format!("workstation without {what}"));
    let office = central
        .ledger
        .office(&workstation.office)
        .await?
        .ok_or_else(|| damaged("office"))?;
    let enrolment = Enrolment {
        ws: workstation.ws,
        office: office.office,
        counter: workstation.counter,
        lease: workstation.lease.ok_or_else(|| damaged("lease"))?,
        server_keys: vec![central.public_key().hex()],
    };
    Signed::seal(central.notary.key(), Tag::Office, b"", &enrolment).map_err(LedgerError::storage)
}
