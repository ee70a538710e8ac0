//! The words of the operator's page, in two languages.

use axum::http::{HeaderMap, header};
use onedoor_protocol::hello::Standing;

/// One language.
pub(super) struct Words {
    pub(super) lang: &'static str,
    pub(super) title: &'static str,
    pub(super) no_entry: &'static str,
    pub(super) key: &'static str,
    pub(super) offices: &'static str,
    pub(super) active: &'static str,
    pub(super) silent: &'static str,
    pub(super) waiting: &'static str,
    pub(super) held_back: &'static str,
    pub(super) held_back_lead: &'static str,
    pub(super) held_back_columns: [&'static str; 4],
    pub(super) columns: [&'static str; 7],
    pub(super) no_office: &'static str,
    pub(super) no_workstation: &'static str,
    pub(super) never: &'static str,
    pub(super) not_said: &'static str,
    standings: [&'static str; 3],
    faults: [(&'static str, &'static str); 5],
}

const VIETNAMESE: Words = Words {
    lang: "vi",
    title: "Hệ thống tỉnh: các nơi tiếp nhận",
    no_entry: "Trang này cần mã của người quản trị: nhập mã vào ô mật khẩu.",
    key: "dấu khóa",
    offices: "nơi tiếp nhận",
    active: "máy trạm đang dùng",
    silent: "im lặng hơn 36 giờ",
    waiting: "tệp PDF và bản quét chưa lên",
    held_back: "Dòng nhật ký chưa áp dụng được",
    held_back_lead: "Các dòng này đã được lưu và đã xác nhận; chúng không chặn dòng nào sau chúng.",
    held_back_columns: ["Nơi tiếp nhận", "Dòng", "Vì sao", "Việc cần làm"],
    columns: [
        "Quầy",
        "Máy trạm",
        "Tình trạng",
        "Liên lạc gần nhất",
        "Dòng đã lên",
        "Còn ở máy",
        "PDF chưa lên",
    ],
    no_office: "Chưa có nơi tiếp nhận nào.",
    no_workstation: "Chưa có máy trạm nào.",
    never: "chưa lần nào",
    not_said: "chưa báo",
    standings: ["chờ ghi danh", "đang dùng", "đã thu hồi"],
    faults: [
        (
            "Chương trình ở đây chưa biết loại dòng này.",
            "Nâng cấp chương trình; dòng được áp dụng lại khi khởi động.",
        ),
        (
            "Hồ sơ của dòng này chưa lên.",
            "Chờ máy đã tiếp nhận hồ sơ; mỗi giờ được thử lại một lần.",
        ),
        (
            "Một mã hồ sơ đứng trên hai giấy tiếp nhận.",
            "Lãnh đạo nơi tiếp nhận so hai giấy và quyết định; không giấy nào bị sửa.",
        ),
        (
            "Một hồ sơ được tiếp nhận hai lần.",
            "Xem hai máy trạm: có thể một máy được khôi phục từ bản sao.",
        ),
        (
            "Nội dung dòng không đọc được hoặc không hợp lệ.",
            "Giữ nguyên, chạy journal verify cho máy trạm đó và báo nhà phát triển.",
        ),
    ],
};

const ENGLISH: Words = Words {
    lang: "en",
    title: "Provincial system: the offices",
    no_entry: "This page needs an operator's token: enter it as the password.",
    key: "key",
    offices: "offices",
    active: "workstations in use",
    silent: "silent for more than 36 hours",
    waiting: "PDFs and scans not here yet",
    held_back: "Journal lines that are not applied",
    held_back_lead: "These lines are stored and acknowledged; none of them delays a later one.",
    held_back_columns: ["Office", "Line", "Why", "What to do"],
    columns: [
        "Counter",
        "Workstation",
        "Standing",
        "Last contact",
        "Lines here",
        "Still there",
        "PDFs to come",
    ],
    no_office: "There is no office yet.",
    no_workstation: "There is no workstation yet.",
    never: "never",
    not_said: "not said",
    standings: ["to be enrolled", "in use", "revoked"],
    faults: [
        (
            "This program does not know the type of the line.",
            "Upgrade; the line is tried again at the start.",
        ),
        (
            "The line's filing is not here yet.",
            "Wait for the machine that received it; it is tried again every hour.",
        ),
        (
            "One number stands on two papers.",
            "The head of the office compares both papers and decides; neither is rewritten.",
        ),
        (
            "One filing was received twice.",
            "Look at both workstations: one may have been restored from a copy.",
        ),
        (
            "The line can't be read, or holds a value that can't be.",
            "Leave it, run journal verify for the workstation, and tell the developers.",
        ),
    ],
};

impl Words {
    /// The language that a browser prefers; Vietnamese unless it names English first.
    pub(super) fn preferred(headers: &HeaderMap) -> &'static Words {
        let accepted = headers.get(header::ACCEPT_LANGUAGE);
        let accepted = accepted
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        let mut languages = accepted.split(',').map(|it| it.trim().to_ascii_lowercase());
        match languages.find(|it| it.starts_with("vi") || it.starts_with("en")) {
            Some(language) if language.starts_with("en") => &ENGLISH,
            _ => &VIETNAMESE,
        }
    }

    pub(super) fn standing(&self, standing: Standing) -> &'static str {
        let [expected, active, revoked] = self.standings;
        match standing {
            Standing::Expected => expected,
            Standing::Active => active,
            Standing::Revoked => revoked,
        }
    }

    /// Why a line is held back, and what to do.
    pub(super) fn fault(&self, code: &str) -> (&'static str, &'static str) {
        let [
            unknown_type,
            unknown_filing,
            code_twice,
            filing_twice,
            unreadable,
        ] = self.faults;
        match code {
            "unknown_type" => unknown_type,
            "unknown_filing" => unknown_filing,
            "duplicate_code" => code_twice,
            "duplicate_filing" => filing_twice,
            _ => unreadable,
        }
    }
}
