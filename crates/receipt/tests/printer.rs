//! Printing against a mock of CUPS: a small HTTP server on a free port that parses IPP with the `ipp` crate and keeps
//! what it was sent. Not in it: a real printer (`ippeveprinter` refuses to start without Avahi).

use std::io::{Cursor, Read};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode as Http;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use ipp::parser::IppParser;
use ipp::prelude::*;
use ipp::reader::IppReader;
use onedoor_receipt::printer::{JobId, Media, PrintError, PrinterInfo, list, print};

/// What the mock was sent.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Job {
    name: String,
    media: String,
    scaling: String,
    format: String,
    copies: i32,
    document: Vec<u8>,
}

/// How the mock answers.
#[derive(Clone, Copy)]
enum Mood {
    Willing,
    NotAccepting,
    NoPrinters,
    NotIpp,
    Forbidden,
}

#[derive(Clone)]
struct Mock {
    mood: Mood,
    jobs: Arc<Mutex<Vec<Job>>>,
}

/// Starts a mock on a free port; it ends with the test's runtime.
async fn mock(mood: Mood) -> (String, Arc<Mutex<Vec<Job>>>) {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mock = Mock {
        mood,
        jobs: Arc::default(),
    };
    let jobs = mock.jobs.clone();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let routes = Router::new()
        .route("/", post(answer))
        .route("/printers/q1", post(answer))
        .with_state(mock);
    tokio::spawn(async move { axum::serve(listener, routes).await });
    (format!("ipp://127.0.0.1:{port}"), jobs)
}

async fn answer(State(mock): State<Mock>, body: Bytes) -> Response {
    let request = IppParser::new(IppReader::new(Cursor::new(body.to_vec())))
        .parse()
        .unwrap();
    let asked_to_print = request.header().operation_or_status == Operation::PrintJob as i16;
    match mock.mood {
        Mood::NotIpp => "a page of some router".into_response(),
        Mood::Forbidden => Http::FORBIDDEN.into_response(),
        Mood::NoPrinters => reply(
            StatusCode::ClientErrorNotFound,
            Some("No destinations added."),
            &[],
        ),
        Mood::NotAccepting => reply(
            StatusCode::ServerErrorNotAcceptingJobs,
            Some("Hết giấy"),
            &[],
        ),
        Mood::Willing if asked_to_print => {
            mock.jobs.lock().unwrap().push(job(request));
            let id = IppAttribute::with_name("job-id", IppValue::Integer(417)).unwrap();
            reply(
                StatusCode::SuccessfulOk,
                None,
                &[(DelimiterTag::JobAttributes, vec![id])],
            )
        }
        Mood::Willing => reply(StatusCode::SuccessfulOk, None, &printers()),
    }
}

type Group = (DelimiterTag, Vec<IppAttribute>);

fn reply(status: StatusCode, said: Option<&str>, groups: &[Group]) -> Response {
    let mut answer = IppRequestResponse::new_response(IppVersion::v1_1(), status, 1).unwrap();
    if let Some(said) = said {
        let value = IppValue::new_text_without_language(said).unwrap();
        let message = IppAttribute::with_name("status-message", value).unwrap();
        answer
            .attributes_mut()
            .add(DelimiterTag::OperationAttributes, message);
    }
    for (tag, attributes) in groups {
        let mut group = IppAttributeGroup::new(*tag);
        group.attributes_mut().extend(attributes.iter().cloned());
        answer.attributes_mut().groups_mut().push(group);
    }
    answer.to_bytes().to_vec().into_response()
}

/// Two printers as CUPS lists them, and a group without an address.
fn printers() -> Vec<Group> {
    let name = |n: &str| {
        IppAttribute::with_name(
            "printer-name",
            IppValue::new_name_without_language(n).unwrap(),
        )
    };
    let address = |n: &str| {
        let uri = IppValue::new_uri(format!("ipp://127.0.0.1/printers/{n}")).unwrap();
        IppAttribute::with_name("printer-uri-supported", uri)
    };
    let kind = |bits| IppAttribute::with_name("printer-type", IppValue::Enum(bits));
    let open = |yes| IppAttribute::with_name("printer-is-accepting-jobs", IppValue::Boolean(yes));
    let info = IppValue::new_text_without_language("Máy in quầy 1").unwrap();
    let info = IppAttribute::with_name("printer-info", info);
    let groups = [
        vec![name("q1"), address("q1"), kind(0x2_0004), open(true), info],
        vec![name("kho"), address("kho"), kind(4), open(false)],
        vec![name("broken")],
    ];
    let whole = |group: Vec<_>| group.into_iter().collect::<Result<_, _>>().unwrap();
    groups
        .into_iter()
        .map(|g| (DelimiterTag::PrinterAttributes, whole(g)))
        .collect()
}

/// What a Print-Job request asks for.
fn job(request: IppRequestResponse) -> Job {
    let value = |name: &str| {
        let groups = request.attributes().groups();
        groups
            .iter()
            .find_map(|g| g.get(name))
            .map(|a| a.value().to_string())
            .unwrap_or_default()
    };
    let mut job = Job {
        name: value("job-name"),
        media: value("media"),
        scaling: value("print-scaling"),
        format: value("document-format"),
        copies: value("copies").parse().unwrap(),
        document: Vec::new(),
    };
    request
        .into_payload()
        .read_to_end(&mut job.document)
        .unwrap();
    job
}

#[tokio::test]
async fn a_job_arrives_with_its_name_media_copies_and_every_byte() {
    let (server, jobs) = mock(Mood::Willing).await;
    let document: Vec<u8> = (0..=255).cycle().take(58_001).collect();
    let printer = format!("{server}/printers/q1");
    let name = "Giấy hẹn H15.50.05.13-261123-0024";
    let id = print(&printer, name, Media::A5, 2, document.clone())
        .await
        .unwrap();
    assert_eq!(id, JobId(417), "the number to ask the printer about");
    let expected = Job {
        name: name.into(),
        media: "iso_a5_148x210mm".into(),
        scaling: "none".into(),
        format: "application/pdf".into(),
        copies: 2,
        document,
    };
    assert_eq!(*jobs.lock().unwrap(), [expected]);
}

#[tokio::test]
async fn a_name_longer_than_ipp_allows_is_cut_between_letters_and_still_printed() {
    let (server, jobs) = mock(Mood::Willing).await;
    let name = "ễ".repeat(100);
    let printer = format!("{server}/printers/q1");
    print(&printer, &name, Media::A4, 0, b"%PDF".to_vec())
        .await
        .unwrap();
    let jobs = jobs.lock().unwrap();
    assert_eq!(jobs[0].name, "ễ".repeat(85), "255 bytes, no half letter");
    assert_eq!(
        (jobs[0].copies, jobs[0].media.as_str()),
        (1, "iso_a4_210x297mm"),
        "no copies means one"
    );
}

#[tokio::test]
async fn the_list_names_each_printer_and_which_is_the_default() {
    let (server, _) = mock(Mood::Willing).await;
    let expected = [
        PrinterInfo {
            name: "q1".into(),
            uri: "ipp://127.0.0.1/printers/q1".into(),
            info: "Máy in quầy 1".into(),
            default: true,
            accepting: true,
        },
        PrinterInfo {
            name: "kho".into(),
            uri: "ipp://127.0.0.1/printers/kho".into(),
            info: String::new(),
            default: false,
            accepting: false,
        },
    ];
    assert_eq!(
        list(&server).await.unwrap(),
        expected,
        "what can't be printed to is not offered"
    );
}

#[tokio::test]
async fn a_server_without_printers_is_an_empty_list_and_not_a_failure() {
    let (server, _) = mock(Mood::NoPrinters).await;
    assert_eq!(list(&server).await.unwrap(), []);
}

#[tokio::test]
async fn a_printer_that_refuses_says_why_in_its_own_words() {
    let (server, jobs) = mock(Mood::NotAccepting).await;
    let refused = print(&format!("{server}/printers/q1"), "x", Media::A5, 1, vec![1]).await;
    let Err(PrintError::Refused { status, reason }) = refused else {
        panic!("{refused:?}")
    };
    assert_eq!((status, reason.as_str()), (0x0506, "Hết giấy"));
    assert!(jobs.lock().unwrap().is_empty());
}

#[tokio::test]
async fn something_else_than_a_print_server_is_recognised() {
    let (server, _) = mock(Mood::NotIpp).await;
    let answer = list(&server).await;
    assert!(matches!(answer, Err(PrintError::Answer(_))), "{answer:?}");
    let (server, _) = mock(Mood::Forbidden).await;
    let answer = list(&server).await;
    assert!(
        matches!(answer, Err(PrintError::Refused { status: 403, .. })),
        "{answer:?}"
    );
}

#[tokio::test]
async fn a_server_that_is_switched_off_is_unreachable_and_named_so() {
    let _ = rustls::crypto::ring::default_provider().install_default();
    // A port that was free a moment ago: nobody listens there.
    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let answer = print(
        &format!("ipp://127.0.0.1:{port}/"),
        "x",
        Media::A5,
        1,
        vec![1],
    )
    .await;
    let Err(PrintError::Unreachable(why)) = answer else {
        panic!("{answer:?}")
    };
    assert!(
        why.contains("refused"),
        "the log must tell a refused connection from a timeout: {why}"
    );
}

#[tokio::test]
async fn what_is_no_address_is_refused_before_anything_is_sent() {
    for address in ["", "máy in", "file:///dev/lp0", "lp0"] {
        let answer = print(address, "x", Media::A5, 1, vec![1]).await;
        assert!(
            matches!(answer, Err(PrintError::Address(_))),
            "{address}: {answer:?}"
        );
    }
}
