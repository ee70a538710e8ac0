//! The one list of commands. From it come the window's handlers, the HTTP test host and the TypeScript types.
//! Each line: kind (`json` or `bytes`), name, arguments, answer, and the permission it needs
//! (`Anyone` = also when nobody is signed in). Not here: what the commands do.

/// Calls the macro `$with` with the list of all commands.
#[macro_export]
macro_rules! with_commands {
    ($with:path) => {
        $with! {
            json app_state() -> AppState, Anyone;
            json settings_save(settings: Settings) -> Settings, Anyone;
            json staff_first(name: String, password: String) -> FirstStarted, Anyone;
            json enrol_by_code(request: EnrolByCode) -> AppState, ManageOffice;
            json enrol_by_ticket(ticket: String) -> AppState, ManageOffice;
            json session_sign_in(clerk: String, password: String) -> AppState, Anyone;
            json session_recover(clerk: String, recovery_code: String, password: String) -> AppState, Anyone;
            json session_lock() -> AppState, Anyone;
            json session_confirm_clock(at: String, again: bool) -> ClockAnswer, Anyone;
            json staff_add(name: String, role: StaffRole, password: String) -> AppState, ManageStaff;
            json staff_reset(clerk: String, password: String) -> AppState, ManageStaff;
            json recovery_new(password: String) -> NewRecovery, ManageOffice;
            bytes recovery_picture(recovery_code: String, scale: f32) -> Png, ManageOffice;
            json recovery_open(recovery_code: String) -> PrintOutcome, ManageOffice;
            json procedure_find(query: String, all: bool) -> ProcedureHits, Receive;
            json procedure_get(code: String) -> ProcedureView, Receive;
            json procedure_pin(code: String, pinned: bool) -> ProcedureHit, Receive;
            json procedure_offer(codes: Vec<String>, offered: bool) -> u32, ManageOffice;
            json procedure_nickname(code: String, nickname: String) -> ProcedureHit, ManageOffice;
            json pad_list() -> Vec<PadView>, Receive;
            json pad_reserve(count: u32) -> Vec<PadView>, Receive;
            json pad_open(codes: Vec<String>) -> PrintOutcome, Receive;
            json pad_void(code: String, reason: String) -> Vec<PadView>, Receive;
            json draft_get() -> DraftView, Receive;
            json draft_save(values: DraftValues) -> DraftView, Receive;
            json draft_clear() -> DraftView, Receive;
            json draft_undo() -> DraftView, Receive;
            json person_find(query: String) -> Vec<PersonValues>, Receive;
            json person_read(text: String) -> PersonRead, Receive;
            json person_get(id: String) -> PersonView, Receive;
            json person_merge(kept: String, dropped: String) -> PersonView, Receive;
            json address_find(query: String) -> Vec<AddressHit>, Receive;
            json address_modern(text: String) -> AddressAnswer, Receive;
            json office_documents() -> Vec<OfficeDocumentView>, Receive;
            json office_document_check(part: OfficePart, text: String) -> OfficeDocumentReport, ManageOffice;
            json office_document_set(part: OfficePart, text: String, from: String) -> Vec<OfficeDocumentView>, ManageOffice;
            json office_document_again(part: OfficePart, id: String, from: String) -> Vec<OfficeDocumentView>, ManageOffice;
            json calendar_year(year: i16) -> CalendarYear, Anyone;
            json reader_list() -> Vec<ReaderView>, Anyone;
            json filing_check(values: DraftValues) -> Check, Receive;
            bytes receipt_preview(values: DraftValues, paper: PaperChoice, scale: f32) -> Png, Receive;
            json filing_receive(values: DraftValues, keep_person: bool) -> Received, Receive;
            json correct_begin(filing: String) -> DraftView, Receive;
            json correct_end() -> DraftView, Receive;
            json filing_correct(values: DraftValues) -> Received, Receive;
            json filing_list(filter: FilingFilter, query: String, limit: u32) -> Vec<FilingRow>, FindFilings;
            json filing_get(id: String) -> FilingView, FindFilings;
            json desk_counts() -> DeskCounts, FindFilings;
            json receipt_bring(filing: String) -> bool, FindFilings;
            bytes receipt_picture(filing: String, scale: f32) -> Png, FindFilings;
            json receipt_print(filing: String) -> PrintOutcome, PrintReceipt;
            json receipt_open_before(filing: String, sha256: String) -> PrintOutcome, PrintReceipt;
            json receipt_open(filing: String) -> PrintOutcome, PrintReceipt;
            json printer_list() -> Vec<PrinterView>, Anyone;
            json sync_state() -> SyncState, Anyone;
            json sync_items() -> Vec<SyncItem>, SeeSync;
            json sync_now() -> SyncState, SendNow;
            json salvage_list() -> Salvage, ManageOffice;
            json salvage_reissue() -> Salvage, ManageOffice;
            json numbers_get() -> NumbersView, SeeSync;
            json number_void(code: String, reason: String) -> NumbersView, ManageOffice;
            json number_found(paper: String, form_number: u32) -> NumbersView, ManageOffice;
            json sync_pause(paused: bool) -> SyncState, SendNow;
            json message_list() -> Vec<MessageView>, SeeSync;
            json message_read(id: String) -> Vec<MessageView>, SeeSync;
            json sync_papers(metered: bool, hours: Option<PaperHours>) -> SyncState, SendNow;
            json slip_issue(values: DraftValues, form: SlipForm, reason: String) -> SlipView, Receive;
            bytes slip_preview(values: DraftValues, form: SlipForm, reason: String, scale: f32) -> Png, Receive;
            bytes slip_picture(slip: String, scale: f32) -> Png, Receive;
            json slip_print(slip: String) -> PrintOutcome, Receive;
            json slip_open(slip: String) -> PrintOutcome, Receive;
            json slip_list(limit: u32) -> Vec<SlipView>, Receive;
            bytes guidance_picture(code: String, cases: Vec<String>, scale: f32) -> Png, Receive;
            json guidance_open(code: String, cases: Vec<String>) -> PrintOutcome, Receive;
            json guidance_print(code: String, cases: Vec<String>) -> PrintOutcome, Receive;
            json rekey_get(filing: String) -> Rekey, Receive;
            json rekey_tick(filing: String, id: String, done: bool) -> Rekey, Receive;
            json rekey_bind(filing: String, official: String) -> FilingView, Receive;
            json number_give(filing: String) -> FilingView, Receive;
            json filing_act(filing: String, act: FilingAct, reason: String, seen: String) -> FilingView, Receive;
            json filing_slip(asked: SlipAct, approval: Option<Approval>) -> FilingView, Receive;
            bytes filing_slip_preview(asked: SlipAct, scale: f32) -> Png, Receive;
            json filing_supplement(filing: String, came: String, seen: String) -> FilingView, Receive;
            json filing_hand_over(filing: String, taker: Taker, seen: String) -> FilingView, Receive;
            json fee_get(filing: String) -> FeeAccount, FindFilings;
            json fee_change(filing: String, amount: String, given: String) -> CashChange, Receive;
            json fee_take(filing: String, way: PayWay, amount: String, given: String, seen: String) -> FeeAccount, Receive;
            json fee_confirm(filing: String, payment: String) -> FeeAccount, Receive;
            json fee_void(filing: String, payment: String, reason: String) -> FeeAccount, Receive;
            json fee_refund(filing: String, payment: String, amount: String, way: PayWay, reason: String, seen: String) -> FeeAccount, Receive;
            json receipt_number_note(filing: String, payment: String, receipt: OfficialReceipt) -> FeeAccount, Receive;
            json fee_transfer(filing: String, amount: String) -> TransferView, Receive;
            json fee_transfer_open(filing: String, amount: String) -> PrintOutcome, Receive;
            json fee_transfer_print(filing: String, amount: String) -> PrintOutcome, Receive;
            json payment_account_get() -> Option<PaymentAccount>, FindFilings;
            json payment_account_set(bank: String, account: String, holder: String) -> Option<PaymentAccount>, ManageOffice;
            json till_get() -> TillPage, Receive;
            json till_count(count: CountTyped) -> CountView, Receive;
            json till_open(count: CountTyped) -> TillPage, Receive;
            json till_hand_over(to: String, password: String, count: CountTyped, reason: String, expected: String) -> TillPage, Receive;
            json till_hand_in(accountant: String, count: CountTyped, reason: String, expected: String) -> TillPage, Receive;
            json till_sheet_open(till: String) -> PrintOutcome, Receive;
            json till_sheet_print(till: String) -> PrintOutcome, Receive;
            json lookup_list() -> Vec<LookUpView>, FindFilings;
            json lookup_settle(filing: String, document: String, found: LookUpOutcome, note: String, instead_of: Option<LookUpOutcome>) -> FilingView, Receive;
            json find(query: String) -> Vec<FindHit>, FindFilings;
        }
    };
}
