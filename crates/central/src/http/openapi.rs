//! The service describes itself: `GET /openapi.json`.

use axum::Json;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi};

use super::{batches, blobs, decisions, download, enrol, feed, hello, operator, outlet, reads};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Onedoor: the central service",
        description = "Takes the signed journals of counter workstations and answers with its own state and signature."
    ),
    paths(
        enrol::enrol,
        hello::hello,
        batches::take,
        blobs::query,
        blobs::put,
        blobs::complete,
        download::get,
        feed::feed,
        decisions::decide,
        reads::filings,
        reads::filing,
        reads::workstations,
        reads::quarantine,
        reads::events,
        outlet::packages,
        outlet::document,
        outlet::delivered,
        super::metrics::metrics,
        operator::page,
        reads::healthz,
        serve
    ),
    modifiers(&Authorizations)
)]
struct Document;

struct Authorizations;

impl Modify for Authorizations {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let components = document.components.get_or_insert_default();
        let bearer = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some("A token made by `token add`."));
        components.add_security_scheme("operator", SecurityScheme::Http(bearer.build()));
        let page = HttpBuilder::new()
            .scheme(HttpAuthScheme::Basic)
            .description(Some("Any name; an operator's token as the password."));
        components.add_security_scheme("operator_page", SecurityScheme::Http(page.build()));
        let unit = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some("A token made by `token add --role unit`."));
        components.add_security_scheme("unit", SecurityScheme::Http(unit.build()));
        let outlet = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some("A token made by `token add --role outlet`."));
        components.add_security_scheme("outlet", SecurityScheme::Http(outlet.build()));
        let signed = ApiKeyValue::with_description(
            "Authorization",
            "Onedoor ws=\"…\", nonce=\"…\", sig=\"…\": Ed25519 over `onedoor-read-1 ‖ METHOD|path and query|nonce`; the nonce from hello or from any answer's Onedoor-Nonce, good for ten minutes.",
        );
        components.add_security_scheme(
            "workstation",
            SecurityScheme::ApiKey(ApiKey::Header(signed)),
        );
        let request = ApiKeyValue::with_description(
            "onedoor-request",
            "ws=<uuid>;at=<ms>;body=<SHA-256>;sig=<hex>: Ed25519 over `onedoor-request-1 ‖ METHOD \\n path and query \\n at \\n SHA-256 of the body`; `at` is this centre's time within ten minutes, `body` is left out when there is none.",
        );
        components.add_security_scheme("signed", SecurityScheme::ApiKey(ApiKey::Header(request)));
    }
}

/// The OpenAPI document.
pub fn document() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// This document.
#[utoipa::path(get, path = "/openapi.json", tag = "operation", responses((status = 200, description = "OpenAPI 3.1", content_type = "application/json", body = Object)))]
pub(crate) async fn serve() -> Json<utoipa::openapi::OpenApi> {
    Json(document())
}
