//! The imports under thousands of changed inputs, the same ones on every machine: no panic, no hang, nothing lost.
//! `tests/fuzz` runs the same looks without end.
//!
//! Not here: what the imports should answer (see `calendar` and `pages`).

mod looks;
#[path = "../../../domain/tests/fuzz/mutation.rs"]
mod mutation;

use mutation::hammer;

/// Small, so that most changes hit something that matters.
const CALENDAR: &str = r#"{
 "version": 3, "from": "2026-10-15", "zone": "Asia/Ho_Chi_Minh", "last_published_year": 2026,
 "weekly_rest": ["saturday", "sunday"],
 "hours": { "morning": ["07:30", "11:30"], "afternoon": ["13:30", "17:00"] },
 "week": [{ "day": "saturday", "open": [["07:30", "11:30"]], "counts": "intake_only" }],
 "hours_on": [{ "date": "2026-12-31", "open": [["07:30", "11:30"]] }],
 "years": [{ "year": 2026, "published": true,
   "days_off": [
    { "date": "2026-08-31", "name_vi": "Quốc khánh", "name_en": "National Day", "whose": "vietnam" }
   ],
   "makeup_days": ["2026-08-22"] }]
}"#;
const TARIFF: &str = r#"{
 "version": 4, "office": "Ea Tul",
 "lines": [{ "procedure": "2.000635", "item": "f1", "amount": 8000, "per": "copy", "ground": "NQ 12" }],
 "currency_rates": [
  { "currency": "EUR", "from": "2026-11-01", "per_usd": "0.9230", "rounding": "0.50" }
 ]
}"#;
const ROWS: [&str; 3] = [
    "Trực tiếp3 Ngày làm việcLệ phí : 8.000 Đồng/bản(Lệ phí)Trực tuyến3 Ngày làm việc\x0cThành phần hồ sơ- Tờ khaiTo khai.docxBản chính: 1Bản sao: 0",
    "Hình thức nộpThời hạn giải quyếtPhí, lệ phíMô tảTrực tiếp120,000 VNĐ\x0cBao gồm",
    "Dịch vụ bưu chính15 NgàyKhông quy định\x0cTên giấy tờMẫu đơn, tờ khaiSố lượng",
];

#[test]
fn a_calendar_s_file_is_read_or_refused_line_by_line() {
    let read = hammer(&[CALENDAR], looks::calendar);
    assert!(
        read > 100,
        "some changes must leave the file readable, else nothing was tested: {read}"
    );
}

#[test]
fn a_tariff_s_file_is_read_or_refused_line_by_line() {
    let read = hammer(&[TARIFF], looks::tariff);
    assert!(read > 100, "some changes must leave it readable: {read}");
}

#[test]
fn nothing_of_a_page_is_lost() {
    hammer(&ROWS, looks::row);
}
