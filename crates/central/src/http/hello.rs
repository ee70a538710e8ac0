//! `GET /v1/hello`: the signed proof that this is the centre, and where a workstation's journal stands.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use onedoor_protocol::{
    Hash32,
    hello::{Hello, Standing, WorkstationState},
    sign::{Signed, Tag},
};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::central::Central;
use crate::ledger::{LedgerError, WorkstationRecord};
use crate::notary::wire_time;

use super::answer::{ProblemCode, Refusal};

/// What hello asks.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct HelloQuery {
    /// 16 random bytes, hex.
    #[param(min_length = 32, max_length = 32)]
    nonce: String,
    /// The asking workstation, if it is one.
    #[param(value_type = Option<String>, format = "uuid")]
    ws: Option<Uuid>,
}

/// Answers with the centre's signature over the caller's nonce.
#[utoipa::path(
    get,
    path = "/v1/hello",
    tag = "workstation",
    params(HelloQuery),
    responses(
        (status = 200, description = "Signed hello: time, key, the workstation's state, a nonce for reads", body = super::views::SignedView),
        (status = 400, description = "malformed", body = super::answer::Problem),
        (status = 503, description = "busy, with Retry-After", body = super::answer::Problem),
    )
)]
pub(crate) async fn hello(
    State(central): State<Central>,
    query: Result<Query<HelloQuery>, QueryRejection>,
) -> Result<Json<Signed>, Refusal> {
    let Ok(Query(query)) = query else {
        return Err(ProblemCode::Malformed.into());
    };
    let mut nonce = [0; 16];
    hex::decode_to_slice(&query.nonce, &mut nonce).map_err(|_| ProblemCode::Malformed)?;
    let workstation = match query.ws {
        Some(ws) => central.ledger.workstation(ws).await?,
        None => None,
    };
    let feed = match &workstation {
        Some(known) if known.standing == Standing::Active => {
            Some(central.ledger.feed_top(&known.office).await?)
        }
        _ => None,
    };
    let now = (central.clock)();
    let hello = Hello {
        server_time: wire_time(now),
        server_key: central.public_key().hex(),
        workstation: workstation.map(state),
        feed,
        read_nonce: central.notary.nonce(now),
        keys: central.notary.statements().to_vec(),
    };
    let signed = Signed::seal(central.notary.key(), Tag::Hello, &nonce, &hello);
    Ok(Json(signed.map_err(LedgerError::storage)?))
}

/// Until its key is known a workstation has no chain: its head is 32 zero bytes then.
fn state(workstation: WorkstationRecord) -> WorkstationState {
    WorkstationState {
        ws: workstation.ws,
        next_seq: workstation.next_seq,
        head: workstation.head.unwrap_or(Hash32([0; 32])),
        standing: workstation.standing,
    }
}
