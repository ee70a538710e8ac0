//! Errors as they cross to the screen: a closed list of codes. Not here: which error becomes which code (`error`).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

dto! {
/// An error as it crosses to the screen: the text lives there, the reference is in the log.
pub struct ErrorView {
    pub code: ErrorCode,
    pub params: std::collections::BTreeMap<String, String>,
    /// The same call may go through later.
    pub retryable: bool,
    /// Eight characters, to read over the telephone; the log has the rest.
    pub reference: String,
}

/// The closed list of errors. A refused precondition has its own code; `internal` is for what nobody foresaw.
#[derive(Copy, Eq)]
pub enum ErrorCode {
    BadRequest,
    NotSignedIn,
    /// Params: `who` may do it.
    NotAllowed,
    /// Params: `wait` seconds before the next try counts.
    WrongPassword,
    /// The keyring of this PC does not give the share that the slot needs: the recovery paper opens.
    KeyringMissing,
    PasswordTooShort,
    /// The centre says that this one works here no more.
    StaffLeft,
    WrongRecoveryCode,
    NameRequired,
    AlreadyStarted,
    NotEnrolled,
    AlreadyEnrolled,
    /// The code or ticket is for another office than this PC belongs to. Params: `office` it belongs to.
    OtherOffice,
    /// What the centre has of this PC is not known yet: nothing was brought again.
    NotCompared,
    /// The one-time code was used by another workstation.
    CodeUsed,
    /// The centre does not know the code, or its 24 hours are over.
    CodeUnknown,
    TicketInvalid,
    CentreUnreachable,
    NotTheCentre,
    /// The address is plain HTTP and not on this machine.
    CentreNotSecure,
    /// Some fields are wrong; `filing_check` names them. Nothing was stored.
    FieldsWrong,
    ProcedureUnknown,
    /// The document has mistakes, or its day of effect is none; `office_document_check` names them. Nothing was set.
    DocumentWrong,
    /// No numbers are left for today: nothing was reserved.
    NumbersUsedUp,
    /// The number is not of this counter's range, or of a day to come.
    NumberElsewhere,
    /// No such sheet, or it is not blank any more.
    PadUnknown,
    /// A reason has to be given.
    ReasonRequired,
    FilingUnknown,
    /// The filing is not where the screen showed it: somebody else was faster, or it can't be done any more.
    FilingMoved,
    /// The number that was shown is not that of who is named on the filing. Params: `name`.
    TakerDiffers,
    /// The new day is not later than the one promised. Params: `day` promised until now.
    DayNotLater,
    /// The office is closed on the new day. Params: `day`.
    DayOff,
    /// The paper that authorises the taker has to be named.
    AuthorityRequired,
    /// No such payment of this filing.
    PaymentUnknown,
    /// Something was paid or given back since the screen showed the account.
    FeeMoved,
    /// What was typed is no amount, or nothing.
    AmountWrong,
    /// Nothing is left to be paid.
    FeePaid,
    /// More than is left to be paid. Params: `left`.
    MoreThanLeft,
    /// Less cash was given than is taken. Params: `short`.
    TooLittleGiven,
    /// More than was paid and not given back. Params: `most`.
    MoreThanPaid,
    /// The cash was handed in: it goes back as a refund.
    CashHandedIn,
    /// Something of it went back: the rest goes back as a refund too.
    RefundedBefore,
    /// Nobody has seen the transfer: it is struck out, not given back.
    TransferNotSeen,
    /// The number of an official receipt can't be one. Params: `part` = `symbol`, `number` or `day`.
    ReceiptNumberWrong,
    /// The office has named no account for transfers, or the fee is not in đồng.
    NoPaymentAccount,
    /// The account can't be one. Params: `part` = `bank`, `account` or `holder`.
    BankAccountWrong,
    /// The till is not as the screen showed it: something was taken since, or it was opened or handed in.
    TillMoved,
    /// What was counted is not what must lie there, and nobody has said why. Params: `difference`.
    TillDiffers,
    /// No such entry of the register.
    PersonUnknown,
    SlipUnknown,
    /// No such paper waits to be looked up, or somebody settled it already.
    LookUpUnknown,
    /// What was typed is no dossier code.
    CodeNotOne,
    /// Another filing has this official code. Params: `code` of that filing.
    CodeTaken,
    /// The receipt does not exist yet; the filing is safe.
    ReceiptMissing,
    /// The receipt is at the counter that received the filing, and was not brought here yet. Params: `counter`.
    PaperElsewhere,
    /// The receipt left this PC after the centre had it; it can be brought back. Params: `day`.
    PaperLetGo,
    FormFailed,
    /// Nothing was stored, nothing printed; what was typed is still here.
    DiskFull,
    StoreBusy,
    StoreDamaged,
    ClockNotConfirmed,
    Internal,
}
}
