import {
  asErrorView,
  call,
  listen,
  type AppState,
  type DeskCounts,
  type ErrorView,
  type FilingFilter,
  type Settings,
  type SyncState,
} from '../host';
import { setAbroad } from './abroad.svelte';
import { setClock } from './clock.svelte';
import { InOrder } from './in-order';
import { show } from './look.svelte';

/** The places of the rail that exist. */
export type PlaceId = 'receive' | 'filings' | 'sync' | 'day' | 'office';
export type LayerId = 'keys' | 'find';

/** What every page shares: who works, where we are, how sync stands. Read again at each hint of the desk. */
class App {
  state = $state.raw<AppState | null>(null);
  place = $state<PlaceId>('receive');
  sync = $state.raw<SyncState | null>(null);
  counts = $state.raw<DeskCounts | null>(null);
  layer = $state<LayerId | null>(null);
  paperOpen = $state(false);
  error = $state.raw<ErrorView | null>(null);
  /** The page has something that must be mended: the window's title says so. Set by `titleTells`. */
  wrong = $state(false);
  /** The polite live region's text. */
  said = $state('');
  /** Who was signed out because the centre says that they have left: the sign-in page says it. */
  hasLeft = $state('');
  /** A filing that another page asked to open. */
  wanted = $state<string | null>(null);
  /** The filing whose receipt is to be printed once its page is open. */
  printed = $state<string | null>(null);
  /** A procedure that the palette asked to receive for. */
  wantedProcedure = $state<string | null>(null);
  /** The person of the register whose page lies over the place. */
  person = $state<string | null>(null);
  /** Words that the palette asked to look for among the filings. */
  wantedSearch = $state<string | null>(null);
  /** A filter that another page asked for among the filings. */
  wantedFilter = $state<FilingFilter | null>(null);
  /** First start is not over until the recovery paper is put away, whatever the desk says meanwhile. */
  holdFirst = $state(false);
  /** Goes up whenever someone asks for a new filing (F4). */
  newTurn = $state(0);
  /** Goes up whenever the desk says that filings changed. */
  turn = $state(0);
  #syncs = new InOrder();
  #counted = new InOrder();

  permits(permission: string): boolean {
    return this.state?.session?.permissions.includes(permission) ?? false;
  }

  /** Shows a state, unless a later one is shown already: answers overtake each other on their way. */
  take(state: AppState): void {
    if (this.state && state.turn < this.state.turn) return;
    this.state = state;
    setClock(state.now);
    setAbroad(Boolean(state.office?.mission));
    show(state.settings);
  }

  async read(): Promise<void> {
    try {
      this.take(await call('app_state', {}));
      this.error = null;
    } catch (thrown) {
      this.error = asErrorView(thrown);
    }
  }

  async readSync(): Promise<void> {
    try {
      await this.#syncs.ask(
        () => call('sync_state', {}),
        (sync) => this.#show(sync),
      );
    } catch {
      // The status bar keeps what it last knew; the next hint reads again.
    }
  }

  #show(sync: SyncState): void {
    const before = this.sync;
    this.sync = sync;
    // Filings have moved between places: whatever shows a place reads again, so that no two places disagree.
    const moved =
      before &&
      (before.filings_here !== sync.filings_here || before.filings_at_centre !== sync.filings_at_centre);
    if (moved) {
      this.turn += 1;
      void this.readCounts();
    }
  }

  async readCounts(): Promise<void> {
    if (!this.permits('find_filings')) return;
    try {
      await this.#counted.ask(
        () => call('desk_counts', {}),
        (counts) => (this.counts = counts),
      );
    } catch {
      // As above: the counts stay as they were.
    }
  }

  async save(settings: Settings): Promise<void> {
    if (!this.state) return;
    show(settings);
    this.state = { ...this.state, settings };
    this.state = { ...this.state, settings: await call('settings_save', { settings }) };
  }

  go(place: PlaceId): void {
    this.place = place;
    this.layer = null;
    this.person = null;
    this.paperOpen = false;
  }

  openFiling(id: string): void {
    this.wanted = id;
    this.go('filings');
  }

  openPerson(id: string): void {
    this.layer = null;
    this.person = id;
  }

  openFilter(filter: FilingFilter): void {
    this.wantedFilter = filter;
    this.go('filings');
  }

  wantNew(): void {
    this.newTurn += 1;
    this.go('receive');
  }

  say(text: string): void {
    this.said = text;
  }

  async lock(): Promise<void> {
    this.layer = null;
    this.person = null;
    this.take(await call('session_lock', {}));
  }

  /** Follows the desk's hints. Call the answer to stop. */
  follow(): () => void {
    const stops = [
      listen('session', () => void this.read()),
      listen('sync', () => void this.readSync()),
      listen('changed', () => {
        this.turn += 1;
        void this.readCounts();
        void this.readSync();
      }),
    ];
    return () => stops.forEach((stop) => stop());
  }
}

export const app = new App();
