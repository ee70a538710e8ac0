import type { CountTyped, MoneyView, TillPage } from '../api.gen';

const dong = (minor: number): MoneyView => ({
  minor: `${minor}`,
  currency: 'VND',
  text: `${`${minor}`.replace(/\B(?=(\d{3})+$)/g, '.')} đ`,
  words: '',
});
const worth = [500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000];
const sum = (count: CountTyped) =>
  count.notes.reduce((all, one) => all + Number(one.note) * Number(one.count || 0), 0);

/** The cash of the counter, made of memory. */
export function till(now: string, staff: readonly { id: string; name: string }[]) {
  let page: TillPage = {
    open: null,
    today: {
      payments: 7,
      cash: dong(88_000),
      transfers: dong(20_000),
      waiting: dong(10_000),
      cash_back: dong(0),
      transfers_back: dong(0),
    },
    notes: worth.map(dong),
    colleagues: staff.slice(1).map(({ id, name }) => ({ id, name })),
    last: [],
  };
  const over = (to: string, count: CountTyped, reason: string, handed_in: boolean): TillPage => {
    const expected = Number(page.open?.expected.minor);
    const counted = sum(count);
    const told = {
      handed_in,
      at: now,
      from: page.open?.holder ?? '',
      to,
      counted: dong(counted),
      expected: dong(expected),
      difference: counted === expected ? null : dong(counted - expected),
      reason,
    };
    const last = [{ id: 'till', opened: now, handed_in: handed_in ? now : null, counts: [told] }];
    page = { ...page, last, open: handed_in ? null : page.open && { ...page.open, holder: to } };
    return page;
  };
  return {
    till_get: () => page,
    till_count: ({ count }: { count: CountTyped }) => {
      const expected = page.open && Number(page.open.expected.minor);
      const lacks = expected === null ? 0 : sum(count) - expected;
      return {
        counted: dong(sum(count)),
        expected: expected === null ? null : dong(expected),
        difference: lacks === 0 ? null : dong(lacks),
      };
    },
    till_open: ({ count }: { count: CountTyped }) => {
      const float = dong(sum(count));
      const holder = staff[0]?.name ?? '';
      const open = {
        id: 'till',
        holder,
        opened: now,
        float,
        taken: dong(0),
        refunded: dong(0),
        expected: float,
      };
      page = { ...page, open };
      return page;
    },
    till_hand_over: (asked: { to: string; count: CountTyped; reason: string }) =>
      over(staff.find((one) => one.id === asked.to)?.name ?? '', asked.count, asked.reason, false),
    till_hand_in: (asked: { accountant: string; count: CountTyped; reason: string }) =>
      over(asked.accountant, asked.count, asked.reason, true),
    till_sheet_open: () => 'printed' as const,
    till_sheet_print: () => 'printed' as const,
  };
}
