import { call, type FilingRow, type PrintOutcome, type Received } from '../host';
import { t } from '../i18n/index.svelte';
import { dayTime } from '../format/time';
import { play } from '../sound';
import { app } from './app.svelte';

/** The filing that was received last, its paper, and where it is by now. Stays until the next procedure is chosen. */
class LastReceived {
  received = $state.raw<Received | null>(null);
  outcome = $state<PrintOutcome | 'printing' | 'opened' | 'not_opened'>('printing');

  /** The row as the desk tells it now. */
  get row(): FilingRow | null {
    const mine = this.received?.filing ?? null;
    return app.counts?.last.find((one) => one.id === mine?.id) ?? mine;
  }

  async take(received: Received): Promise<void> {
    this.received = received;
    app.say(t('received-said', { code: received.filing.code, due: dayTime(received.due.at) }));
    void app.readCounts();
    void app.readSync();
    // Printing goes on while the next citizen is served.
    void this.print();
  }

  async print(): Promise<void> {
    const filing = this.received?.filing.id;
    if (!filing) return;
    this.outcome = 'printing';
    const outcome = await call('receipt_print', { filing }).catch(() => 'unreachable' as const);
    if (this.received?.filing.id !== filing) return;
    this.outcome = outcome;
    play(outcome === 'printed' ? 'printed' : 'look_here', { on: app.state?.settings.sounds ?? false });
  }

  async open(): Promise<void> {
    const filing = this.received?.filing.id;
    if (!filing) return;
    const outcome = await call('receipt_open', { filing }).catch(() => 'unreachable' as const);
    this.outcome = outcome === 'printed' ? 'opened' : 'not_opened';
  }

  forget(): void {
    this.received = null;
  }
}

export const lastReceived = new LastReceived();
