//! `GET /operator`: one page for whoever runs the centre: offices, their workstations, what is on its way and what waits
//! for a person. Read only, without scripts and without a citizen's data. Not here: the words (`operator/words.rs`).

mod words;

use std::collections::BTreeMap;
use std::fmt::Write;

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use base64::{Engine, prelude::BASE64_STANDARD as BASE64};
use jiff::{SignedDuration, Timestamp};
use onedoor_protocol::hello::Standing;
use uuid::Uuid;

use crate::central::Central;
use crate::ledger::{LedgerError, OfficeRecord, QuarantineRecord, Role, WorkstationRecord};
use crate::sheet::{escaped, fingerprint};

use super::access::bearer;
use super::answer::Refusal;
use words::Words;

/// Quarantined lines that are shown.
const SHOWN: u32 = 200;
/// After so long without a word a workstation is marked: a day, a night, and a late start.
const SILENT: SignedDuration = SignedDuration::from_hours(36);
const STYLE: &str = include_str!("operator/page.css");
/// Nothing from anywhere, and no frame around it.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; form-action 'none'";

/// What the page shows, all read at about the same moment.
struct Sight {
    now: Timestamp,
    key: String,
    offices: Vec<OfficeRecord>,
    workstations: BTreeMap<String, Vec<WorkstationRecord>>,
    waiting: BTreeMap<Uuid, u64>,
    quarantine: Vec<QuarantineRecord>,
}

/// The operator's page.
#[utoipa::path(get, path = "/operator", tag = "operation",
    security(("operator_page" = [])),
    responses(
        (status = 200, description = "A page in Vietnamese, or in English where Accept-Language prefers it", content_type = "text/html", body = String),
        (status = 401, description = "No operator's token: any name, with the token as the password", content_type = "text/html", body = String),
        (status = 503, description = "busy, with Retry-After", body = super::answer::Problem),
    ))]
pub(crate) async fn page(
    State(central): State<Central>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let words = Words::preferred(&headers);
    let token = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| password(value.to_str().ok()?));
    let name = match token {
        Some(token) => bearer(&central, &token, Role::Operator).await?,
        None => None,
    };
    if name.is_none() {
        let asks = HeaderValue::from_static("Basic realm=\"Onedoor\", charset=\"UTF-8\"");
        let body = Html(frame(words, &format!("<p>{}</p>", words.no_entry)));
        let mut refused = guarded((StatusCode::UNAUTHORIZED, body).into_response());
        refused.headers_mut().insert(header::WWW_AUTHENTICATE, asks);
        return Ok(refused);
    }
    let sight = Sight::of(&central).await?;
    Ok(guarded(
        Html(frame(words, &sight.body(words))).into_response(),
    ))
}

/// The password of HTTP Basic.
fn password(authorization: &str) -> Option<String> {
    let text =
        String::from_utf8(BASE64.decode(authorization.strip_prefix("Basic ")?).ok()?).ok()?;
    text.split_once(':')
        .map(|(_, password)| password.to_string())
}

fn guarded(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(POLICY),
    );
    headers.insert(header::VARY, HeaderValue::from_static("accept-language"));
    response
}

fn frame(words: &Words, body: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><meta name=\"color-scheme\" content=\"light dark\">\
         <title>{title}</title><style>{STYLE}</style></head><body><h1>{title}</h1>{body}</body></html>\n",
        words.lang,
        title = words.title,
    )
}

impl Sight {
    async fn of(central: &Central) -> Result<Self, LedgerError> {
        let mut workstations: BTreeMap<String, Vec<_>> = BTreeMap::new();
        for it in central.ledger.workstations(None).await? {
            workstations.entry(it.office.clone()).or_default().push(it);
        }
        Ok(Sight {
            now: (central.clock)(),
            key: fingerprint(&central.public_key()),
            offices: central.ledger.offices().await?,
            workstations,
            waiting: central.ledger.waiting_blobs().await?.into_iter().collect(),
            quarantine: central.ledger.quarantine(None, SHOWN + 1).await?,
        })
    }

    fn body(&self, words: &Words) -> String {
        let mut page = self.summary(words);
        if !self.quarantine.is_empty() {
            page.push_str(&self.held_back(words));
        }
        for office in &self.offices {
            page.push_str(&self.office(words, office));
        }
        if self.offices.is_empty() {
            let _ = write!(page, "<p>{}</p>", words.no_office);
        }
        page
    }

    fn summary(&self, words: &Words) -> String {
        let all = || self.workstations.values().flatten();
        let active = all().filter(|it| it.standing == Standing::Active).count();
        let silent = all().filter(|it| self.is_silent(it)).count();
        let waiting: u64 = self.waiting.values().sum();
        let held = self.quarantine.len();
        let more = if held > SHOWN as usize { "+" } else { "" };
        let tile = |count: String, what: &str, bad: bool| {
            let class = if bad { " class=\"bad\"" } else { "" };
            format!("<div{class}><b>{count}</b><span>{what}</span></div>")
        };
        let tiles = [
            tile(self.offices.len().to_string(), words.offices, false),
            tile(active.to_string(), words.active, false),
            tile(silent.to_string(), words.silent, silent > 0),
            tile(waiting.to_string(), words.waiting, false),
            tile(
                format!("{}{more}", held.min(SHOWN as usize)),
                words.held_back,
                held > 0,
            ),
        ];
        format!(
            "<p class=\"quiet\">{} UTC · {} <code>{}</code></p><div class=\"tiles\">{}</div>",
            at(self.now, "UTC"),
            words.key,
            self.key,
            tiles.concat()
        )
    }

    fn held_back(&self, words: &Words) -> String {
        let mut rows = String::new();
        for it in self.quarantine.iter().take(SHOWN as usize) {
            let (why, todo) = words.fault(&it.code);
            let _ = write!(
                rows,
                "<tr><td>{}</td><td><code>{}/{}</code></td><td>{why}<br><code>{}</code></td><td>{todo}</td></tr>",
                escaped(&it.office),
                it.ws,
                it.seq,
                escaped(&it.code)
            );
        }
        let [office, line, why, todo] = words.held_back_columns;
        format!(
            "<section><h2>{}</h2><p>{}</p><table><thead><tr><th>{office}</th><th>{line}</th><th>{why}</th><th>{todo}</th></tr></thead>\
             <tbody>{rows}</tbody></table></section>",
            words.held_back, words.held_back_lead
        )
    }

    fn office(&self, words: &Words, it: &OfficeRecord) -> String {
        let office = &it.office;
        let mut rows = String::new();
        let workstations = self.workstations.get(&office.id);
        for it in workstations.into_iter().flatten() {
            rows.push_str(&self.workstation(words, it, &office.time_zone));
        }
        let [counter, machine, standing, contact, here, behind, waiting] = words.columns;
        let table = format!(
            "<table><thead><tr><th>{counter}</th><th>{machine}</th><th>{standing}</th><th>{contact}</th>\
             <th class=\"n\">{here}</th><th class=\"n\">{behind}</th><th class=\"n\">{waiting}</th></tr></thead>\
             <tbody>{rows}</tbody></table>"
        );
        let empty = format!("<p class=\"quiet\">{}</p>", words.no_workstation);
        format!(
            "<section><h2>{}</h2><p class=\"quiet\">{} · {} · {}</p>{}</section>",
            escaped(&office.name),
            escaped(&office.id),
            escaped(&office.agency),
            escaped(&it.province),
            if rows.is_empty() { empty } else { table }
        )
    }

    fn workstation(&self, words: &Words, it: &WorkstationRecord, zone: &str) -> String {
        let id = it.ws.simple().to_string();
        let contact =
            last_contact(it).map_or_else(|| words.never.to_string(), |time| at(time, zone));
        let silent = if self.is_silent(it) {
            " class=\"bad\""
        } else {
            ""
        };
        let here = it.next_seq.saturating_sub(1);
        let behind = it.said_last.map(|last| last.saturating_sub(here));
        let waiting = self.waiting.get(&it.ws).copied().unwrap_or_default();
        format!(
            "<tr><td>{} · {}</td><td><code>{}</code></td><td>{}</td><td{silent}>{contact}</td>\
             <td class=\"n\">{here}</td><td class=\"n\">{}</td><td class=\"n\">{waiting}</td></tr>",
            it.counter.number,
            escaped(&it.counter.name),
            // The end of a UUIDv7 is what tells two apart; its start is the time.
            &id[id.len() - 8..],
            words.standing(it.standing),
            behind.map_or_else(|| words.not_said.to_string(), |behind| behind.to_string()),
        )
    }

    fn is_silent(&self, it: &WorkstationRecord) -> bool {
        let long_ago = |time| self.now.duration_since(time) > SILENT;
        it.standing == Standing::Active && last_contact(it).is_none_or(long_ago)
    }
}

fn last_contact(it: &WorkstationRecord) -> Option<Timestamp> {
    it.last_seen.max(it.heard)
}

/// As people of that place write it.
fn at(time: Timestamp, zone: &str) -> String {
    let local = time.in_tz(zone);
    local.map_or_else(
        |_| time.to_string(),
        |local| local.strftime("%d/%m/%Y %H:%M").to_string(),
    )
}

#[cfg(test)]
mod tests {
    use super::password;

    #[test]
    fn the_password_is_read_as_browsers_write_it() {
        assert_eq!(password("Basic a-b"), None);
        assert_eq!(password("Basic eDpvZGNfMTpm").as_deref(), Some("odc_1:f"));
        assert_eq!(password("Basic eA=="), None, "no colon");
    }
}
