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
            json procedure_find(query: String) -> Vec<ProcedureHit>, Receive;
            json procedure_get(code: String) -> ProcedureView, Receive;
            json draft_get() -> DraftView, Receive;
            json draft_save(values: DraftValues) -> DraftView, Receive;
            json draft_clear() -> DraftView, Receive;
            json draft_undo() -> DraftView, Receive;
            json person_find(query: String) -> Vec<PersonValues>, Receive;
            json filing_check(values: DraftValues) -> Check, Receive;
            bytes receipt_preview(values: DraftValues, paper: PaperChoice, scale: f32) -> Png, Receive;
            json filing_receive(values: DraftValues, keep_person: bool) -> Received, Receive;
            json filing_list(filter: FilingFilter, query: String, limit: u32) -> Vec<FilingRow>, FindFilings;
            json filing_get(id: String) -> FilingView, FindFilings;
            json desk_counts() -> DeskCounts, FindFilings;
            bytes receipt_picture(filing: String, scale: f32) -> Png, FindFilings;
            json receipt_print(filing: String) -> PrintOutcome, PrintReceipt;
            json receipt_open(filing: String) -> PrintOutcome, PrintReceipt;
            json printer_list() -> Vec<PrinterView>, Anyone;
            json sync_state() -> SyncState, Anyone;
            json sync_items() -> Vec<SyncItem>, SeeSync;
            json sync_now() -> SyncState, SendNow;
            json find(query: String) -> Vec<FindHit>, FindFilings;
        }
    };
}
