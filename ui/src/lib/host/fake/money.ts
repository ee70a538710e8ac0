import type { AppState, CashChange, FeeAccount, MoneyView, PaymentAccount, PaymentView } from '../api.gen';

const grouped = (minor: number) => `${minor}`.replace(/\B(?=(\d{3})+$)/g, '.');
const dong = (minor: number): MoneyView => ({
  minor: `${minor}`,
  currency: 'VND',
  text: `${grouped(minor)} đ`,
  words: '',
});
const typed = (text: string) => Number(text.replace(/[.\sđ]/g, ''));

/** The money of filings, made of memory: fees are 10.000 đ, and nothing was taken yet. */
export function money(now: string, state: AppState, changed: () => void) {
  const taken = new Map<string, PaymentView[]>();
  let account: PaymentAccount | null = {
    bank: '970405',
    bank_name: 'Agribank',
    account: '5200201001234',
    holder: 'UBND XA EA TUL',
  };
  const due = 10_000;

  const kept = (one: PaymentView) =>
    one.standing === 'voided'
      ? 0
      : one.refunds.reduce((left, back) => left - Number(back.amount.minor), Number(one.amount.minor));

  function view(filing: string): FeeAccount {
    const payments = (taken.get(filing) ?? []).map((one) => ({
      ...one,
      refundable: one.standing === 'taken' && kept(one) > 0 ? dong(kept(one)) : null,
    }));
    const paid = payments.reduce((sum, one) => sum + kept(one), 0);
    const waits = payments.some((one) => one.standing === 'unconfirmed');
    const all = waits ? 'unconfirmed' : 'paid';
    return {
      filing,
      standing: paid === 0 ? 'unpaid' : paid < due ? 'part' : all,
      due: dong(due),
      paid: dong(paid),
      unconfirmed: null,
      left: dong(Math.max(0, due - paid)),
      payments,
      can_transfer: account !== null,
      can_take: paid < due,
    };
  }

  function change(filing: string, payment: string, part: (one: PaymentView) => Partial<PaymentView>) {
    const mine = taken.get(filing) ?? [];
    taken.set(
      filing,
      mine.map((one) => (one.id === payment ? { ...one, ...part(one) } : one)),
    );
    changed();
    return view(filing);
  }

  return {
    isUnpaid: (filing: string) => view(filing).can_take,
    commands: {
      fee_get: ({ filing }: { filing: string }) => view(filing),
      fee_change: (asked: { filing: string; amount: string; given: string }): CashChange => {
        const left = Number(view(asked.filing).left?.minor);
        const back = typed(asked.given) - (asked.amount.trim() ? typed(asked.amount) : left);
        const nothing = { change: null, notes: [], rest: null, short: null, unreadable: false };
        if (Number.isNaN(back)) return { ...nothing, unreadable: true };
        if (back < 0) return { ...nothing, short: dong(-back) };
        return { ...nothing, change: dong(back), notes: [{ note: dong(back), count: 1 }] };
      },
      fee_take: (asked: {
        filing: string;
        way: 'cash' | 'transfer';
        amount: string;
        given: string;
        seen: string;
      }) => {
        const left = Number(view(asked.filing).left?.minor);
        const mine = taken.get(asked.filing) ?? [];
        const amount = asked.amount.trim() ? typed(asked.amount) : left;
        const given = asked.given.trim() ? typed(asked.given) : amount;
        const cash = asked.way === 'cash';
        taken.set(asked.filing, [
          ...mine,
          {
            id: `payment-${mine.length + 1}`,
            way: asked.way,
            amount: dong(amount),
            given: given > amount ? dong(given) : null,
            change: given > amount ? dong(given - amount) : null,
            at: now,
            clerk: state.session?.clerk.name ?? '',
            counter: null,
            standing: cash ? 'taken' : 'unconfirmed',
            reason: '',
            refunds: [],
            refundable: null,
            receipt: null,
            acts: cash ? ['note_receipt', 'void', 'refund'] : ['confirm', 'note_receipt', 'void'],
          },
        ]);
        changed();
        return view(asked.filing);
      },
      fee_confirm: (asked: { filing: string; payment: string }) =>
        change(asked.filing, asked.payment, () => ({
          standing: 'taken',
          acts: ['note_receipt', 'void', 'refund'],
        })),
      fee_void: (asked: { filing: string; payment: string; reason: string }) =>
        change(asked.filing, asked.payment, () => ({ standing: 'voided', reason: asked.reason, acts: [] })),
      fee_refund: (asked: {
        filing: string;
        payment: string;
        amount: string;
        way: 'cash' | 'transfer';
        reason: string;
      }) =>
        change(asked.filing, asked.payment, (one) => ({
          refunds: [
            ...one.refunds,
            {
              amount: dong(asked.amount.trim() ? typed(asked.amount) : kept(one)),
              way: asked.way,
              at: now,
              clerk: state.session?.clerk.name ?? '',
              reason: asked.reason,
            },
          ],
        })),
      receipt_number_note: (asked: { filing: string; payment: string; receipt: PaymentView['receipt'] }) =>
        change(asked.filing, asked.payment, () => ({
          receipt: asked.receipt && { ...asked.receipt, day: now.slice(0, 10) },
        })),
      fee_transfer: ({ amount }: { amount: string }) => ({
        bank: account?.bank_name ?? '',
        account: account?.account ?? '',
        holder: account?.holder ?? '',
        amount: dong(amount.trim() ? typed(amount) : due),
        purpose: 'H15500513 261123 0007',
        rows: Array.from({ length: 29 }, (_, y) =>
          Array.from({ length: 29 }, (_, x) => ((x * 7 + y * 5 + x * y) % 3 === 0 ? '1' : '0')).join(''),
        ),
      }),
      fee_transfer_open: () => 'printed' as const,
      fee_transfer_print: () => 'printed' as const,
      payment_account_get: () => account,
      payment_account_set: (set: { bank: string; account: string; holder: string }) => {
        account = set.bank ? { ...set, bank_name: '' } : null;
        return account;
      },
    },
  };
}
