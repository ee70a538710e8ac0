import type { ErrorCode, ErrorView } from './host/api.gen';
import { t, type MessageKey } from './i18n/index.svelte';

interface Words {
  what: MessageKey;
  safe?: MessageKey;
  act?: MessageKey;
}

/** The one table from error codes to words: what happened, what is safe, what to do. */
export const errorWords: Record<ErrorCode, Words> = {
  bad_request: { what: 'error-bad-request', safe: 'safe-all', act: 'act-call' },
  not_signed_in: { what: 'error-not-signed-in', safe: 'safe-typed', act: 'act-sign-in' },
  not_allowed: { what: 'error-not-allowed', safe: 'safe-all', act: 'act-ask-supervisor' },
  wrong_password: { what: 'error-wrong-password', act: 'act-look-again' },
  keyring_missing: { what: 'error-keyring-missing', safe: 'safe-all', act: 'act-use-paper' },
  staff_left: { what: 'error-staff-left', act: 'act-ask-centre-staff' },
  password_too_short: { what: 'error-password-too-short' },
  wrong_recovery_code: { what: 'error-wrong-recovery-code', act: 'act-look-again' },
  name_required: { what: 'error-name-required' },
  already_started: { what: 'error-already-started', safe: 'safe-all', act: 'act-sign-in' },
  not_enrolled: { what: 'error-not-enrolled', safe: 'safe-all' },
  already_enrolled: { what: 'error-already-enrolled', safe: 'safe-all' },
  other_office: { what: 'error-other-office', safe: 'safe-all', act: 'act-new-code' },
  not_compared: { what: 'error-not-compared', safe: 'safe-all' },
  code_used: { what: 'error-code-used', act: 'act-new-code' },
  code_unknown: { what: 'error-code-unknown', act: 'act-new-code' },
  ticket_invalid: { what: 'error-ticket-invalid', act: 'act-new-ticket' },
  centre_unreachable: { what: 'error-centre-unreachable', safe: 'safe-all', act: 'act-check-network' },
  not_the_centre: { what: 'error-not-the-centre', safe: 'safe-all', act: 'act-check-address' },
  centre_not_secure: { what: 'error-centre-not-secure', safe: 'safe-nothing-stored', act: 'act-ask-https' },
  fields_wrong: { what: 'error-fields-wrong', safe: 'safe-nothing-stored' },
  procedure_unknown: { what: 'error-procedure-unknown', safe: 'safe-typed', act: 'act-pick-again' },
  document_wrong: { what: 'error-document-wrong', safe: 'safe-nothing-stored', act: 'act-look-again' },
  numbers_used_up: { what: 'error-numbers-used-up', safe: 'safe-all', act: 'act-call-centre' },
  number_elsewhere: { what: 'error-number-elsewhere', safe: 'safe-all', act: 'act-look-again' },
  pad_unknown: { what: 'error-pad-unknown', safe: 'safe-typed', act: 'act-pick-again' },
  look_up_unknown: { what: 'error-look-up-unknown', safe: 'safe-all', act: 'act-pick-again' },
  reason_required: { what: 'error-reason-required', safe: 'safe-typed' },
  filing_moved: { what: 'error-filing-moved', safe: 'safe-all', act: 'act-look-again' },
  day_not_later: { what: 'error-day-not-later', safe: 'safe-typed' },
  day_off: { what: 'error-day-off', safe: 'safe-typed' },
  taker_differs: { what: 'error-taker-differs', safe: 'safe-nothing-stored', act: 'act-check-taker' },
  authority_required: { what: 'error-authority-required', safe: 'safe-typed' },
  payment_unknown: { what: 'error-payment-unknown', safe: 'safe-all', act: 'act-look-again' },
  fee_moved: { what: 'error-fee-moved', safe: 'safe-nothing-stored', act: 'act-look-again' },
  amount_wrong: { what: 'error-amount-wrong', safe: 'safe-nothing-stored' },
  fee_paid: { what: 'error-fee-paid', safe: 'safe-nothing-stored' },
  more_than_left: { what: 'error-more-than-left', safe: 'safe-nothing-stored' },
  too_little_given: { what: 'error-too-little-given', safe: 'safe-nothing-stored' },
  more_than_paid: { what: 'error-more-than-paid', safe: 'safe-nothing-stored' },
  cash_handed_in: { what: 'error-cash-handed-in', safe: 'safe-nothing-stored', act: 'act-refund-instead' },
  refunded_before: { what: 'error-refunded-before', safe: 'safe-nothing-stored', act: 'act-refund-instead' },
  transfer_not_seen: { what: 'error-transfer-not-seen', safe: 'safe-nothing-stored' },
  receipt_number_wrong: { what: 'error-receipt-number-wrong', safe: 'safe-nothing-stored' },
  no_payment_account: { what: 'error-no-payment-account', safe: 'safe-all' },
  bank_account_wrong: { what: 'error-bank-account-wrong', safe: 'safe-nothing-stored' },
  till_moved: { what: 'error-till-moved', safe: 'safe-nothing-stored', act: 'act-count-again' },
  till_differs: { what: 'error-till-differs', safe: 'safe-typed' },
  person_unknown: { what: 'error-person-unknown', safe: 'safe-all', act: 'act-pick-again' },
  slip_unknown: { what: 'error-slip-unknown', safe: 'safe-all', act: 'act-pick-again' },
  code_not_one: { what: 'error-code-not-one', safe: 'safe-all', act: 'act-look-again' },
  code_taken: { what: 'error-code-taken', safe: 'safe-all', act: 'act-look-again' },
  filing_unknown: { what: 'error-filing-unknown', safe: 'safe-all', act: 'act-pick-again' },
  receipt_missing: { what: 'error-receipt-missing', safe: 'safe-filing', act: 'act-retry' },
  paper_elsewhere: { what: 'error-paper-elsewhere', safe: 'safe-filing' },
  paper_let_go: { what: 'error-paper-let-go', safe: 'safe-filing', act: 'act-bring-paper' },
  form_failed: { what: 'error-form-failed', safe: 'safe-filing', act: 'act-open-filing' },
  disk_full: { what: 'error-disk-full', safe: 'safe-nothing-stored', act: 'act-free-space' },
  store_busy: { what: 'error-store-busy', safe: 'safe-typed', act: 'act-retry' },
  store_damaged: { what: 'error-store-damaged', safe: 'safe-typed', act: 'act-call' },
  clock_not_confirmed: { what: 'error-clock-not-confirmed', safe: 'safe-typed', act: 'act-confirm-clock' },
  internal: { what: 'error-internal', safe: 'safe-typed', act: 'act-call' },
};

/** Errors that one field is to blame for: they are said beside it and not over the page. */
const blamed: Partial<Record<ErrorCode, 'name' | 'password' | 'code'>> = {
  name_required: 'name',
  password_too_short: 'password',
  wrong_password: 'password',
  wrong_recovery_code: 'code',
};

/** What an error says beside a field; empty where another is to blame, or none. */
export function errorOf(field: 'name' | 'password' | 'code', error: ErrorView | null): string {
  if (!error || blamed[error.code] !== field) return '';
  const { what, rest } = errorText(error);
  return [what, rest].filter(Boolean).join(' ');
}

/** An error that no field is to blame for. */
export function errorOfNone(error: ErrorView | null): ErrorView | null {
  return error && !blamed[error.code] ? error : null;
}

/** The sentences of an error in the language of the screen, without its reference. */
export function errorText(error: ErrorView): { what: string; rest: string } {
  const words = errorWords[error.code] ?? errorWords.internal;
  const wait = Number(error.params.wait ?? 0);
  const what =
    error.code === 'wrong_password' && wait > 0
      ? t('error-wrong-password-wait', { wait })
      : t(words.what, error.params);
  const who = t(error.params.who === 'admin' ? 'act-who-admin' : 'act-who-supervisor');
  const rest = [words.safe && t(words.safe), words.act && t(words.act, { who })].filter(Boolean).join(' ');
  return { what, rest };
}
