//! Transfers: the code that a bank's app reads, on the screen and on paper, and the account that it names. Not here:
//! whether the money came (`money`), and the code's own bytes (domain).

use crate::{
    current::current,
    desk::{Desk, Event},
    dto::*,
    error::{DeskError, Result},
    fees, form01, forms,
    money::Fee,
    views,
};
use onedoor_domain::{
    money::{Currency, Money},
    vietqr::{self, BankAccount, BankAccountError},
};
use onedoor_protocol::journal::PaymentAccountSet;
use onedoor_receipt::{TransferPaper, printer::Media, qr_rows, transfer_paper};
use onedoor_store::{Lines, Op};

/// What a code is drawn from.
struct Transfer {
    account: BankAccount,
    amount: Money,
    purpose: String,
    payload: String,
    /// The filing's number.
    code: String,
}

impl Desk {
    pub(crate) fn payment_account_get(&self) -> Result<Option<PaymentAccount>> {
        let account = self.store()?.read(|reader| reader.payment_account())?;
        Ok(account.as_ref().map(account_view))
    }

    /// Names the account for all counters of the office; all three empty: there is none any more.
    pub(crate) fn payment_account_set(
        &self,
        bank: String,
        account: String,
        holder: String,
    ) -> Result<Option<PaymentAccount>> {
        let at = self.at_work()?;
        let empty = [&bank, &account, &holder]
            .iter()
            .all(|part| part.trim().is_empty());
        let line = match empty {
            true => PaymentAccountSet {
                bank: String::new(),
                account: String::new(),
                holder: String::new(),
            },
            false => {
                let read = BankAccount::read(&bank, &account, &holder).map_err(wrong)?;
                PaymentAccountSet {
                    bank: read.bin,
                    account: read.number,
                    holder: onedoor_domain::text::nfc(&read.holder),
                }
            }
        };
        at.store
            .write(Op::act(at.context, move |_| Ok((Lines::one(line), ()))))?;
        self.nudge(onedoor_sync::Nudge::Lines);
        self.tell(Event::Changed(vec!["filings"]));
        self.payment_account_get()
    }

    fn transfer(&self, fee: &Fee, amount: &str) -> Result<Transfer> {
        let account = fee.at.store.read(|reader| reader.payment_account())?;
        let account = account.ok_or(DeskError::new(ErrorCode::NoPaymentAccount))?;
        let minor = match (amount.trim(), fee.account().left) {
            ("", Some(left)) => left,
            (typed, _) => fees::typed_amount(typed, fee.currency)?,
        };
        let row = fee.at.store.read(|reader| reader.filing(fee.filing))?;
        let row = row.ok_or(DeskError::new(ErrorCode::FilingUnknown))?;
        let code = row.code.or(row.provisional).unwrap_or_default();
        let purpose = vietqr::purpose(&code);
        // A bank's app knows no other money.
        let payload = match fee.currency {
            Currency::Vnd => account.payload(minor, &purpose),
            _ => return Err(DeskError::new(ErrorCode::NoPaymentAccount)),
        };
        Ok(Transfer {
            payload: payload.ok_or(DeskError::new(ErrorCode::AmountWrong))?,
            account,
            amount: Money::vnd(minor),
            purpose,
            code,
        })
    }

    pub(crate) fn fee_transfer(&self, filing: String, amount: String) -> Result<TransferView> {
        let fee = self.fee_of(&filing)?;
        let transfer = self.transfer(&fee, &amount)?;
        let row = |row: Vec<bool>| -> String {
            let sign = |dark: &bool| if *dark { '1' } else { '0' };
            row.iter().map(sign).collect()
        };
        let rows = qr_rows(&transfer.payload)?.into_iter().map(row).collect();
        let account = account_view(&transfer.account);
        Ok(TransferView {
            bank: bank_words(&account),
            account: account.account,
            holder: account.holder,
            amount: views::money(&transfer.amount),
            purpose: transfer.purpose,
            rows,
        })
    }

    fn transfer_pdf(&self, filing: &str, amount: &str) -> Result<Vec<u8>> {
        let fee = self.fee_of(filing)?;
        let transfer = self.transfer(&fee, amount)?;
        let lines = fee.at.store.read(|reader| reader.lines_of(fee.filing))?;
        let now = current(&lines).ok_or(DeskError::new(ErrorCode::FilingUnknown))?;
        let received = now.body;
        let account = account_view(&transfer.account);
        let payer = received.details.behalf.as_ref();
        let payer = payer.map_or(&received.applicant, |behalf| &behalf.submitter);
        let paper = TransferPaper {
            letterhead: forms::letterhead(&received.office),
            printed: fee.at.now.date(),
            code: transfer.code,
            payer: payer.name.clone(),
            matter: received.content.clone(),
            amount: transfer.amount.format_vi(),
            words: transfer.amount.words_vi(),
            bank: bank_words(&account),
            account: account.account,
            holder: account.holder,
            purpose: transfer.purpose,
            payload: transfer.payload,
            sample: received.sample,
        };
        Ok(transfer_paper(&paper, form01::paper(PaperChoice::A5))?)
    }

    pub(crate) fn fee_transfer_open(&self, filing: String, amount: String) -> Result<PrintOutcome> {
        let pdf = self.transfer_pdf(&filing, &amount)?;
        self.open_pdf("transfer.pdf", &pdf)
    }

    pub(crate) fn fee_transfer_print(
        &self,
        filing: String,
        amount: String,
    ) -> Result<PrintOutcome> {
        let pdf = self.transfer_pdf(&filing, &amount)?;
        let settings = self.settings();
        if settings.printer.is_empty() {
            return Ok(PrintOutcome::NoPrinter);
        }
        Ok(self.send_pdf(&settings.printer, "onedoor-transfer", Media::A5, pdf))
    }
}

fn wrong(error: BankAccountError) -> DeskError {
    let part = match error {
        BankAccountError::Bin => "bank",
        BankAccountError::Number => "account",
        BankAccountError::Holder => "holder",
    };
    DeskError::new(ErrorCode::BankAccountWrong).with("part", part)
}

fn account_view(account: &BankAccount) -> PaymentAccount {
    PaymentAccount {
        bank: account.bin.clone(),
        bank_name: vietqr::bank_name(&account.bin)
            .unwrap_or_default()
            .to_string(),
        account: account.number.clone(),
        holder: account.holder.clone(),
    }
}

/// The bank's name, or its number where nobody knows it.
fn bank_words(account: &PaymentAccount) -> String {
    match account.bank_name.as_str() {
        "" => account.bank.clone(),
        name => name.to_string(),
    }
}
