//! The code by which a bank's app fills in a transfer: VietQR, an EMVCo payload with NAPAS's own tag 38.
//!
//! Not here: drawing it (`onedoor_receipt`), and whether the money came, which no code can tell.

/// Where fees are transferred to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BankAccount {
    /// The bank's number (BIN), six digits.
    pub bin: String,
    /// The account's number.
    pub number: String,
    /// In whose name it is.
    pub holder: String,
}

/// What is wrong with an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BankAccountError {
    /// A bank's number has six digits.
    Bin,
    /// An account's number has 4 to 19 digits or capital letters.
    Number,
    /// The holder is missing or too long.
    Holder,
}

/// Longest purpose that every bank's app takes.
const PURPOSE: usize = 25;

/// Banks that many offices have an account with, by their number in NAPAS's list; others are typed.
pub const BANKS: [(&str, &str); 16] = [
    ("970405", "Agribank"),
    ("970415", "VietinBank"),
    ("970418", "BIDV"),
    ("970436", "Vietcombank"),
    ("970403", "Sacombank"),
    ("970407", "Techcombank"),
    ("970416", "ACB"),
    ("970422", "MB"),
    ("970423", "TPBank"),
    ("970426", "MSB"),
    ("970432", "VPBank"),
    ("970437", "HDBank"),
    ("970441", "VIB"),
    ("970443", "SHB"),
    ("970448", "OCB"),
    ("970449", "LPBank"),
];

/// The bank's name where it is known.
pub fn bank_name(bin: &str) -> Option<&'static str> {
    let found = BANKS.iter().find(|(known, _)| *known == bin);
    found.map(|(_, name)| *name)
}

impl BankAccount {
    /// Reads an account as it was typed; spaces and dots between the digits are taken away.
    ///
    /// # Errors
    /// The first part that can't be right.
    pub fn read(bin: &str, number: &str, holder: &str) -> Result<Self, BankAccountError> {
        let bare = |typed: &str| -> String {
            let kept = typed.chars().filter(|c| !c.is_whitespace() && *c != '.');
            kept.collect::<String>().to_ascii_uppercase()
        };
        let (bin, number, holder) = (bare(bin), bare(number), holder.trim().to_string());
        if bin.len() != 6 || !bin.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(BankAccountError::Bin);
        }
        if !(4..=19).contains(&number.len())
            || !number.bytes().all(|byte| byte.is_ascii_alphanumeric())
        {
            return Err(BankAccountError::Number);
        }
        if holder.is_empty() || holder.chars().count() > 100 {
            return Err(BankAccountError::Holder);
        }
        Ok(BankAccount {
            bin,
            number,
            holder,
        })
    }

    /// What the code says: this account, so many đồng, for this purpose. None when the amount is nothing, or the
    /// purpose is not one that every bank takes.
    pub fn payload(&self, dong: i64, purpose: &str) -> Option<String> {
        let plain = purpose
            .bytes()
            .all(|byte| byte.is_ascii_graphic() || byte == b' ');
        if dong <= 0 || purpose.is_empty() || purpose.len() > PURPOSE || !plain {
            return None;
        }
        let bank = tag("00", &self.bin) + &tag("01", &self.number);
        let account = tag("00", "A000000727") + &tag("01", &bank) + &tag("02", "QRIBFTTA");
        let said = [
            tag("00", "01"),
            tag("01", "12"),
            tag("38", &account),
            tag("53", "704"),
            tag("54", &dong.to_string()),
            tag("58", "VN"),
            tag("62", &tag("08", purpose)),
            "6304".to_string(),
        ]
        .concat();
        let check = crc(said.as_bytes());
        Some(format!("{said}{check:04X}"))
    }
}

/// A filing's code as banks take it: letters and digits, a space where the code has a dash.
pub fn purpose(code: &str) -> String {
    let kept = code.chars().filter_map(|c| match c {
        '-' => Some(' '),
        c if c.is_ascii_alphanumeric() => Some(c.to_ascii_uppercase()),
        _ => None,
    });
    kept.take(PURPOSE).collect()
}

/// Tag, length in two digits, value. All values here are far shorter than 100.
fn tag(tag: &str, value: &str) -> String {
    format!("{tag}{:02}{value}", value.len())
}

/// CRC-16/CCITT-FALSE: polynomial 1021, beginning with FFFF.
pub fn crc(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0xFFFF, |crc, byte| {
        (0..8).fold(crc ^ (u16::from(*byte) << 8), |crc, _| match crc & 0x8000 {
            0 => crc << 1,
            _ => (crc << 1) ^ 0x1021,
        })
    })
}
