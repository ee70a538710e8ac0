//! The operator's page: what it says, to whom, in which language, and what it never shows.

use axum::body::Body;
use axum::http::Request;
use jiff::SignedDuration;

use super::desk::{Answer, Centre, code};

/// As browsers send it: any name, the token as the password.
fn basic(token: &str) -> String {
    let digits = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = format!("x:{token}").into_bytes();
    let fill = (3 - text.len() % 3) % 3;
    text.extend(vec![0; fill]);
    let mut written = String::from("Basic ");
    for three in text.chunks(3) {
        let bits = u32::from(three[0]) << 16 | u32::from(three[1]) << 8 | u32::from(three[2]);
        for shift in [18, 12, 6, 0] {
            written.push(char::from(digits[(bits >> shift & 63) as usize]));
        }
    }
    written.truncate(written.len() - fill);
    written + &"=".repeat(fill)
}

async fn page(centre: &Centre, authorization: &str, language: &str) -> Answer {
    let request = Request::get("/operator")
        .header("authorization", authorization)
        .header("accept-language", language);
    centre.request(request.body(Body::empty()).unwrap()).await
}

fn text(answer: &Answer) -> String {
    String::from_utf8(answer.body.clone()).unwrap()
}

#[tokio::test]
async fn the_page_says_what_is_here_what_is_still_there_and_what_waits_for_a_person() {
    let centre = Centre::open().await;
    let (mut one, mut two) = (centre.workstation(1).await, centre.workstation(2).await);
    let (filing, _) = one.receive(&code(1000));
    one.render(filing);
    one.receive(&code(1001));
    two.receive(&code(1000));
    centre.take(one.batch(1..=2)).await;
    centre.take(two.batch_from(1)).await;
    centre.clock.advance(SignedDuration::from_hours(40));
    let feed = centre.ask(&one, "GET", "/v1/feed?after=0&last=3", "").await;
    assert_eq!(feed.status, 200);
    let token = basic(&centre.central.token("minh").await.unwrap());
    let answer = page(&centre, &token, "vi-VN,vi;q=0.9,en;q=0.8").await;
    assert_eq!(answer.status, 200);
    let said = text(&answer);
    assert!(said.contains("TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG XÃ EA TUL"));
    let lines = "<td class=\"n\">2</td><td class=\"n\">1</td><td class=\"n\">1</td>";
    assert!(said.contains(lines), "2 here, 1 still there, 1 PDF: {said}");
    let silent = "<td class=\"bad\">23/11/2026 07:30</td>";
    assert!(said.contains(silent), "the other was silent for 40 hours");
    assert!(said.contains("<td>24/11/2026 23:30</td>"), "this one asked");
    assert!(
        said.contains(&format!("{}/1", two.ws)),
        "the line by its name"
    );
    assert!(
        said.contains("Một mã hồ sơ đứng trên hai giấy tiếp nhận."),
        "and why"
    );
    for secret in ["H&#39;Hen", "H'Hen", "Byă", "Buôn Sah", "261123-1000"] {
        assert!(!said.contains(secret), "{secret} is no operator's business");
    }
    assert_eq!(answer.header("cache-control"), "no-store");
    let english = text(&page(&centre, &token, "en-GB,vi;q=0.5").await);
    assert!(english.contains("One number stands on two papers."));
    let other = text(&page(&centre, &token, "fr").await);
    assert!(
        other.contains("lang=\"vi\""),
        "Vietnamese for everybody else"
    );
}

#[tokio::test]
async fn the_page_is_for_operators_only() {
    let centre = Centre::open().await;
    let role = onedoor_central::ledger::Role::Unit;
    let unit = centre.central.token_for("tuphap", role).await.unwrap();
    for authorization in [
        String::new(),
        basic("odc_guess"),
        basic(&unit),
        "Basic !".into(),
        format!("Bearer {unit}"),
    ] {
        let answer = page(&centre, &authorization, "vi").await;
        assert_eq!(answer.status, 401, "{authorization}");
        assert!(answer.header("www-authenticate").starts_with("Basic "));
        assert!(!text(&answer).contains("EA TUL"), "and nothing is shown");
    }
}

#[tokio::test]
async fn a_monitoring_system_reads_counts_and_nobodys_data() {
    let centre = Centre::open().await;
    let mut one = centre.workstation(1).await;
    let (filing, _) = one.receive(&code(1000));
    one.render(filing);
    one.receive(&code(1001));
    centre.take(one.batch(1..=2)).await;
    centre.clock.advance(SignedDuration::from_hours(1));
    let feed = centre.ask(&one, "GET", "/v1/feed?after=0&last=3", "").await;
    assert_eq!(feed.status, 200);
    centre.clock.advance(SignedDuration::from_secs(90));
    assert_eq!(
        centre.get("/metrics").await.status,
        401,
        "not for everybody"
    );
    let unit = centre
        .central
        .token_for("unit", onedoor_central::ledger::Role::Unit);
    let unit = format!("Bearer {}", unit.await.unwrap());
    assert_eq!(centre.get_as(&unit, "/metrics").await.status, 401);
    let token = format!("Bearer {}", centre.central.token("watch").await.unwrap());
    let answer = centre.get_as(&token, "/metrics").await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let said = text(&answer);
    for line in [
        "onedoor_lines{office=\"eatul\"} 2",
        "onedoor_lines_behind{office=\"eatul\"} 1",
        "onedoor_blobs_awaited{office=\"eatul\"} 1",
        "onedoor_last_contact_seconds{office=\"eatul\"} 90",
        "onedoor_workstations{office=\"eatul\",standing=\"active\"} 1",
        "onedoor_lines_quarantined 0",
        "onedoor_requests_total{class=\"events\",status=\"2xx\"} 2",
        "onedoor_requests_total{class=\"pull\",status=\"2xx\"} 1",
        "onedoor_requests_total{class=\"always\",status=\"4xx\"} 2",
        "onedoor_requests_under_way{class=\"always\"} 1",
        "# TYPE onedoor_requests_total counter",
    ] {
        assert!(said.lines().any(|said| said == line), "{line} in {said}");
    }
    for secret in ["Niê", "Ea Tul", "H15", "Quầy", &one.ws.to_string()] {
        assert!(!said.contains(secret), "{secret} is nobody's to count");
    }
    let well_formed = |line: &str| {
        let value = line.rsplit_once(' ').map(|(_, value)| value.parse::<f64>());
        line.starts_with("# ") || (line.starts_with("onedoor_") && matches!(value, Some(Ok(_))))
    };
    assert!(said.lines().all(well_formed), "{said}");
    assert!(!said.contains("onedoor_ledger_wait_seconds\n"));
}
