//! The sheet that an office gets when its machines are to be enrolled: a page to print, with everything a clerk types.
//! Vietnamese, as the office reads it. Not here: making the codes (`import`, `Central::enrolment_code`).

use std::fmt::Write;

use onedoor_protocol::enrol::{Counter, Office};
use onedoor_protocol::sign::PublicKey;

use crate::central::Code;

/// What stands on the sheet.
#[derive(Debug, Clone, Copy)]
pub struct Sheet<'a> {
    /// Whose.
    pub office: &'a Office,
    /// A one-time code for each counter.
    pub codes: &'a [(Counter, Code)],
    /// Address of the centre, as the machines reach it.
    pub centre: &'a str,
    /// The key that signs for the centre.
    pub key: &'a PublicKey,
}

const STYLE: &str = "@page{size:A4;margin:20mm}\
body{font:12pt/1.5 'Noto Sans','Segoe UI',sans-serif;color:#1a201d;max-width:170mm;margin:0 auto}\
h1{font-size:18pt;color:#0a6a57;margin:0 0 2mm}p{margin:0 0 4mm}\
table{border-collapse:collapse;width:100%;margin:0 0 6mm}\
th,td{border:1px solid #7b857f;padding:2mm 3mm;text-align:left}\
.code,.key{font-family:'Noto Sans Mono',monospace;letter-spacing:.08em;white-space:nowrap}\
.code{font-size:16pt}dt{font-weight:600}dd{margin:0 0 3mm}li{margin:0 0 3mm}";

impl Sheet<'_> {
    /// A whole HTML page that needs nothing beside it.
    pub fn html(&self) -> String {
        let mut rows = String::new();
        for (counter, code) in self.codes {
            let (first, last) = code.code.split_at(code.code.len() / 2);
            let until = code.expires.in_tz(&self.office.time_zone);
            let until = until.map_or_else(
                |_| code.expires.to_string(),
                |at| at.strftime("%H:%M ngày %d/%m/%Y").to_string(),
            );
            // Writing into a text does not fail.
            let _ = write!(
                rows,
                "<tr><td>{}</td><td class=\"code\">{first}&#8239;{last}</td><td>{until}</td></tr>",
                escaped(&counter.name)
            );
        }
        format!(
            "<!doctype html>\n<html lang=\"vi\"><head><meta charset=\"utf-8\"><title>Phiếu ghi danh – {name}</title>\
             <style>{STYLE}</style></head><body><h1>Phiếu ghi danh máy trạm</h1><p>{name}<br>{parent}</p>\
             <table><thead><tr><th>Quầy</th><th>Mã ghi danh</th><th>Dùng được đến</th></tr></thead>\
             <tbody>{rows}</tbody></table>\
             <dl><dt>Địa chỉ hệ thống tỉnh</dt><dd class=\"key\">{centre}</dd>\
             <dt>Dấu khóa của hệ thống tỉnh</dt><dd class=\"key\">{key}</dd></dl>\
             <ol><li>Trên máy của từng quầy, mở chương trình Một Cửa, đến trang “Ghi danh máy vào xã” và chọn “Bằng mã dùng một lần”.</li>\
             <li>Nhập địa chỉ hệ thống tỉnh và mã ghi danh của đúng quầy đó, rồi bấm “Ghi danh máy này”; mỗi mã chỉ dùng được một lần.</li>\
             <li>Ghi danh xong thì hủy phiếu này; nếu mã hết hạn hoặc bị báo đã dùng thì gọi quản trị hệ thống tỉnh và đọc dấu khóa ở trên.</li></ol>\
             </body></html>\n",
            name = escaped(&self.office.name),
            parent = escaped(&self.office.parent),
            centre = escaped(self.centre),
            key = fingerprint(self.key),
        )
    }
}

/// How people compare a key: the digits that paper names it by, in fours.
pub fn fingerprint(key: &PublicKey) -> String {
    let digits = hex::encode(key.id());
    let fours: Vec<&str> = (0..digits.len())
        .step_by(4)
        .filter_map(|at| digits.get(at..at + 4))
        .collect();
    fours.join(" ")
}

/// A text inside a page.
pub(crate) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}
