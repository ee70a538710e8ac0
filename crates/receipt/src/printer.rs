//! The printer: a list of what CUPS offers, and a job sent to one of them, over IPP. Not in it: a queue, retries and
//! what to say to the clerk (the desk keeps printed, failed and reprinted), and drivers (CUPS has them).

use std::io::Cursor;
use std::time::Duration;

use ipp::prelude::{
    AsyncIppClient, DelimiterTag, IppAttribute, IppAttributeGroup, IppError, IppOperationBuilder,
    IppPayload, IppRequestResponse, IppValue, StatusCode, Uri,
};

/// How long a print server may take over one answer. A job is handed over, not printed, within it.
const PATIENCE: Duration = Duration::from_secs(30);

/// The longest name that IPP lets a job have, in bytes.
const JOB_NAME_BYTES: usize = 255;

/// The bit of CUPS' `printer-type` that marks the server's default printer.
const DEFAULT_PRINTER: i32 = 0x2_0000;

/// A printer that the print server offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrinterInfo {
    /// The queue's name.
    pub name: String,
    /// Where jobs are sent: an `ipp`, `ipps` or `http` address, for [`print`].
    pub uri: String,
    /// The words the administrator gave it, empty when there are none.
    pub info: String,
    /// Whether it is the server's default printer.
    pub default: bool,
    /// Whether it takes jobs now.
    pub accepting: bool,
}

/// The sheet that the printer is asked to use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Media {
    /// 148 × 210 mm.
    A5,
    /// 210 × 297 mm.
    A4,
}

impl Media {
    /// Its name in PWG 5101.1.
    fn keyword(self) -> &'static str {
        match self {
            Self::A5 => "iso_a5_148x210mm",
            Self::A4 => "iso_a4_210x297mm",
        }
    }
}

/// The number that the print server gave to a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct JobId(pub i32);

/// Why a printer could not be asked or did not take a job. A job that was refused was not printed, not even in part.
#[derive(Debug, thiserror::Error)]
pub enum PrintError {
    /// The address of the printer or server is not one.
    #[error("not the address of a printer: {0}")]
    Address(String),
    /// Nobody answered there: no server, no network, or no answer within half a minute. The job may have arrived.
    #[error("the print server does not answer: {0}")]
    Unreachable(String),
    /// The server answered and said no. `status` is IPP's status code, or HTTP's when the server speaks no IPP there.
    #[error("the printer refused ({status}): {reason}")]
    Refused {
        /// IPP or HTTP status code.
        status: u16,
        /// The server's own words, or the code's name.
        reason: String,
    },
    /// The answer is not IPP, or lacks what every answer must have.
    #[error("the answer of the print server can't be read: {0}")]
    Answer(String),
    /// The program has not chosen its TLS provider yet (`rustls`), which must happen at its start.
    #[error("no TLS provider was installed at the start of the program")]
    NoTlsProvider,
}

/// The printers that the server at `server_uri` offers (`ipp://localhost:631/` for CUPS on this machine); empty when
/// it has none.
///
/// # Errors
/// [`PrintError`]; see there.
pub async fn list(server_uri: &str) -> Result<Vec<PrinterInfo>, PrintError> {
    let request = IppRequestResponse::from(IppOperationBuilder::cups().get_printers());
    let answer = send(address(server_uri)?, request).await;
    match answer {
        // CUPS answers "not found" when no printer has been set up: an empty list, not a failure.
        Err(PrintError::Refused { status, .. })
            if status == StatusCode::ClientErrorNotFound as u16 =>
        {
            Ok(Vec::new())
        }
        answer => Ok(answer?
            .attributes()
            .groups_of(DelimiterTag::PrinterAttributes)
            .filter_map(printer)
            .collect()),
    }
}

/// Sends `pdf` to the printer at `uri`: `copies` of it (at least 1) on `media`, unscaled, under `job_name`.
///
/// # Errors
/// [`PrintError`]; see there.
pub async fn print(
    uri: &str,
    job_name: &str,
    media: Media,
    copies: u8,
    pdf: Vec<u8>,
) -> Result<JobId, PrintError> {
    let to = address(uri)?;
    let job = IppOperationBuilder::print_job(to.clone(), IppPayload::new(Cursor::new(pdf)))
        .user_name("onedoor")
        .job_title(short(job_name))
        .document_format("application/pdf")
        .attribute(attribute(
            "copies",
            Ok(IppValue::Integer(i32::from(copies.max(1)))),
        )?)
        .attribute(attribute("media", IppValue::new_keyword(media.keyword()))?)
        // The form is drawn to the millimetre: a printer that "fits to page" would shrink it.
        .attribute(attribute("print-scaling", IppValue::new_keyword("none"))?)
        .build()
        .map_err(|e| PrintError::Address(e.to_string()))?;
    let answer = send(to, job.into()).await?;
    answer
        .attributes()
        .groups_of(DelimiterTag::JobAttributes)
        .find_map(|group| group.get("job-id")?.value().as_integer().copied())
        .map(JobId)
        .ok_or_else(|| PrintError::Answer("no job-id".to_owned()))
}

/// One question to the server; an answer that says no becomes an error.
async fn send(to: Uri, request: IppRequestResponse) -> Result<IppRequestResponse, PrintError> {
    // The HTTP client panics without a provider; a window must not die of a missing line at the program's start.
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        return Err(PrintError::NoTlsProvider);
    }
    let client = AsyncIppClient::builder(to)
        .request_timeout(PATIENCE)
        .build();
    let answer = client.send(request).await.map_err(failure)?;
    let status = answer.header().status_code();
    if status.is_success() {
        return Ok(answer);
    }
    let said = answer
        .attributes()
        .groups_of(DelimiterTag::OperationAttributes)
        .find_map(|group| text(group, "status-message"));
    let code = answer.header().operation_or_status.cast_unsigned();
    Err(PrintError::Refused {
        status: code,
        reason: said.unwrap_or_else(|| status.to_string()),
    })
}

/// What a failed question means to whoever waits for the paper.
fn failure(error: IppError) -> PrintError {
    match error {
        IppError::RequestError(status) => PrintError::Refused {
            status,
            reason: "HTTP".to_owned(),
        },
        IppError::ParseError(e) => PrintError::Answer(e.to_string()),
        // The client's own text is only its outer half; the cause names the refused connection or the timeout.
        other => PrintError::Unreachable(causes(&other)),
    }
}

/// An error with all its causes, in one line.
fn causes(error: &dyn std::error::Error) -> String {
    let mut line = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        line = format!("{line}: {cause}");
        next = cause.source();
    }
    line
}

/// One printer of an answer; a group without a name or an address can't be printed to and is left out.
fn printer(group: &IppAttributeGroup) -> Option<PrinterInfo> {
    let kind = group.get("printer-type").and_then(|a| match a.value() {
        IppValue::Enum(bits) | IppValue::Integer(bits) => Some(*bits),
        _ => None,
    });
    let accepting = group
        .get("printer-is-accepting-jobs")
        .map(IppAttribute::value);
    Some(PrinterInfo {
        name: text(group, "printer-name")?,
        uri: text(group, "printer-uri-supported")?,
        info: text(group, "printer-info").unwrap_or_default(),
        default: kind.unwrap_or(0) & DEFAULT_PRINTER != 0,
        accepting: !matches!(accepting, Some(IppValue::Boolean(false))),
    })
}

/// The text of an attribute; the first one where a printer has several (addresses).
fn text(group: &IppAttributeGroup, name: &str) -> Option<String> {
    let value = match group.get(name)?.value() {
        IppValue::Array(values) => values.first()?,
        value => value,
    };
    Some(value.to_string())
}

/// A job attribute; the names and keywords are ours and short enough, so that a failure names the attribute.
fn attribute(
    name: &str,
    value: Result<IppValue, ipp::parser::IppParseError>,
) -> Result<IppAttribute, PrintError> {
    let fault = |e: ipp::parser::IppParseError| PrintError::Answer(format!("{name}: {e}"));
    IppAttribute::with_name(name, value.map_err(fault)?).map_err(fault)
}

/// `name` cut to what IPP allows, between two characters.
fn short(name: &str) -> &str {
    let mut end = name.len().min(JOB_NAME_BYTES);
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    name.get(..end).unwrap_or_default()
}

/// The address, if it can be one at all.
fn address(uri: &str) -> Result<Uri, PrintError> {
    let parsed: Uri = uri
        .parse()
        .map_err(|_| PrintError::Address(uri.to_owned()))?;
    match parsed.scheme_str() {
        Some("ipp" | "ipps" | "http" | "https") => Ok(parsed),
        _ => Err(PrintError::Address(uri.to_owned())),
    }
}
