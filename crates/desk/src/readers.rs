//! Serial readers of cards and codes at this PC: one is chosen in the settings and listened to in the background.
//! Not here: what a text means (`people::reading`), and readers that type like a keyboard (the screen catches those).

use crate::{
    desk::{Desk, Event, Inner},
    dto::ReaderView,
    error::Result,
};
use serialport::{SerialPort, SerialPortType};
use std::{
    io::ErrorKind,
    sync::{Arc, Condvar, Mutex, PoisonError, Weak},
    thread,
    time::Duration,
};

/// What desk readers come set to; those at USB take any speed.
const BAUD: u32 = 9_600;
/// A text without a line end is over when nothing follows for so long.
const SILENCE: Duration = Duration::from_millis(200);
/// A reader that is unplugged, or busy, is tried again after this.
const RETRY: Duration = Duration::from_secs(2);
/// More than any code holds; what follows up to the line end is dropped, and the text is refused as too long.
const MOST: usize = 8_001;
/// Signs on each of the two lines of a passport.
const ZONE_LINE: usize = 44;

/// A reader that is listened to until this is dropped.
pub(crate) struct Following {
    port: String,
    stopped: Arc<Stopped>,
}

#[derive(Default)]
struct Stopped(Mutex<bool>, Condvar);

impl Stopped {
    fn is(&self) -> bool {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits, but not longer than until it is stopped.
    fn wait(&self, time: Duration) {
        let stopped = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Either answer is right: the caller asks again.
        let _ = self
            .1
            .wait_timeout_while(stopped, time, |stopped| !*stopped);
    }
}

impl Drop for Following {
    fn drop(&mut self) {
        *self
            .stopped
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = true;
        self.stopped.1.notify_all();
    }
}

impl Desk {
    pub(crate) fn reader_list(&self) -> Result<Vec<ReaderView>> {
        let ports = serialport::available_ports().unwrap_or_else(|error| {
            tracing::warn!(%error, "the system does not list its serial ports");
            Vec::new()
        });
        let mut ports: Vec<(bool, ReaderView)> = ports
            .into_iter()
            .map(|port| {
                let id = port.port_name.trim_start_matches("/dev/").to_string();
                match port.port_type {
                    SerialPortType::UsbPort(usb) => {
                        let name = usb.product.or(usb.manufacturer);
                        let name = name.unwrap_or_else(|| "USB".to_string());
                        (false, ReaderView { name, id })
                    }
                    _ => (
                        true,
                        ReaderView {
                            name: id.clone(),
                            id,
                        },
                    ),
                }
            })
            .collect();
        // What is plugged in comes before what a mainboard has anyway.
        ports.sort_by(|(one, a), (other, b)| (one, &a.id).cmp(&(other, &b.id)));
        Ok(ports.into_iter().map(|(_, view)| view).collect())
    }

    /// Listens to this port from now on, and to no other; empty = to none.
    pub(crate) fn follow_reader(&self, port: &str) {
        let mut followed = self.0.reader.lock().unwrap_or_else(PoisonError::into_inner);
        if followed.as_ref().is_some_and(|other| other.port == port) {
            return;
        }
        // The former port is let go first.
        *followed = None;
        if !is_port(port) {
            return;
        }
        let stopped = Arc::new(Stopped::default());
        let (desk, path) = (Arc::downgrade(&self.0), path(port));
        let until = stopped.clone();
        let started = thread::Builder::new()
            .name("reader".into())
            .spawn(move || follow(&desk, &path, &until));
        match started {
            Ok(_) => {
                *followed = Some(Following {
                    port: port.to_string(),
                    stopped,
                })
            }
            Err(error) => tracing::warn!(%error, "no thread for the reader"),
        }
    }
}

/// Whether this can be a port's name: the screen never names a path.
pub(crate) fn is_port(id: &str) -> bool {
    let sign = |sign: char| sign.is_ascii_alphanumeric() || "/._-".contains(sign);
    (1..=100).contains(&id.len())
        && id.chars().all(sign)
        && !id.starts_with('/')
        && !id.contains("..")
}

fn path(id: &str) -> String {
    if cfg!(unix) {
        format!("/dev/{id}")
    } else {
        id.to_string()
    }
}

/// Opens the port and reads it until it is stopped or the desk is gone; a port that fails is tried again.
fn follow(desk: &Weak<Inner>, path: &str, stopped: &Stopped) {
    let mut said = false;
    while !stopped.is() && desk.strong_count() > 0 {
        match serialport::new(path, BAUD).timeout(SILENCE).open() {
            Ok(mut port) => {
                said = false;
                // Some readers wait for the line to be ready; others have no such line.
                let _ = port.write_data_terminal_ready(true);
                listen(&mut *port, desk, stopped);
            }
            Err(error) if !said => {
                said = true;
                tracing::warn!(%error, "the reader can't be opened yet");
            }
            Err(_) => {}
        }
        stopped.wait(RETRY);
    }
}

/// Reads until the port fails.
fn listen(port: &mut dyn SerialPort, desk: &Weak<Inner>, stopped: &Stopped) {
    let mut texts = Texts::default();
    let mut bytes = [0; 1024];
    while !stopped.is() && desk.strong_count() > 0 {
        match port.read(&mut bytes) {
            Ok(0) => return,
            Ok(count) => {
                for byte in bytes.iter().take(count) {
                    texts
                        .take(*byte)
                        .into_iter()
                        .for_each(|text| tell(desk, text));
                }
            }
            Err(error) if error.kind() == ErrorKind::TimedOut => {
                texts
                    .silence()
                    .into_iter()
                    .for_each(|text| tell(desk, text));
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => {
                tracing::warn!(%error, "the reader went away");
                return;
            }
        }
    }
}

/// What nobody signed in for is dropped: nothing of a citizen's goes to an unattended screen.
fn tell(desk: &Weak<Inner>, text: String) {
    let Some(desk) = desk.upgrade().map(Desk) else {
        return;
    };
    let attended = desk
        .state()
        .open
        .as_ref()
        .is_some_and(|open| open.session.is_some());
    if attended {
        desk.tell(Event::Scanned(text));
    }
}

/// Makes texts of bytes: each ends at CR, LF or silence. The two lines of a passport are one text.
#[derive(Default)]
struct Texts {
    line: Vec<u8>,
    /// The first line of a passport that waits for its second.
    first: Option<Vec<u8>>,
}

impl Texts {
    fn take(&mut self, byte: u8) -> Option<String> {
        if !matches!(byte, b'\r' | b'\n') {
            if self.line.len() < MOST {
                self.line.push(byte);
            }
            return None;
        }
        if self.line.is_empty() {
            return None;
        }
        let opens = self.line.len() == ZONE_LINE
            && self.line.first() == Some(&b'P')
            && self.line.contains(&b'<');
        if self.first.is_none() && opens {
            self.first = Some(std::mem::take(&mut self.line));
            return None;
        }
        self.silence()
    }

    /// What came so far is all.
    fn silence(&mut self) -> Option<String> {
        let mut bytes = self.first.take().unwrap_or_default();
        if !bytes.is_empty() && !self.line.is_empty() {
            bytes.push(b'\n');
        }
        bytes.append(&mut self.line);
        // Bytes that are no UTF-8 become a sign that is read as a lost letter, so that the text is refused, not guessed.
        (!bytes.is_empty()).then(|| String::from_utf8_lossy(&bytes).into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(bytes: &[u8]) -> Vec<String> {
        let mut texts = Texts::default();
        let mut found: Vec<String> = bytes.iter().filter_map(|byte| texts.take(*byte)).collect();
        found.extend(texts.silence());
        found
    }

    #[test]
    fn a_text_ends_at_either_line_end_or_silence() {
        for bytes in [
            "một\rhai\r",
            "một\nhai\n",
            "một\r\nhai\r\n",
            "\r\nmột\r\nhai",
        ] {
            assert_eq!(texts(bytes.as_bytes()), ["một", "hai"], "{bytes:?}");
        }
    }

    #[test]
    fn the_two_lines_of_a_passport_stay_together() {
        let first = format!("{:<<44}", "P<UTOERIKSSON<<ANNA<MARIA");
        let both = format!("{first}\r\nL898902C36UTO\r\n0100109106\r");
        assert_eq!(
            texts(both.as_bytes()),
            [format!("{first}\nL898902C36UTO"), "0100109106".into()]
        );
        assert_eq!(
            texts(format!("{first}\r").as_bytes()),
            [first],
            "and one alone is not kept back"
        );
    }

    #[test]
    fn a_reader_that_never_ends_its_line_fills_no_memory_and_is_refused() {
        let found = texts(&vec![b'A'; 100_000]);
        assert_eq!(found.len(), 1);
        assert_eq!(
            found[0].len(),
            MOST,
            "more than any code, so it is not read"
        );
        assert_eq!(
            texts(b"Nguy\xECn\r"),
            ["Nguy\u{FFFD}n"],
            "no UTF-8: seen as damage"
        );
    }

    #[test]
    fn a_port_is_named_without_a_path() {
        for id in ["ttyACM0", "pts/7", "COM12", "serial/by-id/usb-X.1_2"] {
            assert!(is_port(id), "{id}");
        }
        for id in ["", "/dev/ttyS0", "../etc/passwd", "tty\0", "a b"] {
            assert!(!is_port(id), "{id:?}");
        }
    }
}
