import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import {
  asErrorView,
  call,
  type Check,
  type DraftValues,
  type DraftView,
  type ErrorView,
  type ProcedureView,
  type Received,
} from '../host';
import { pathsOf } from '../format/autofill';
import { emptyValues } from '../host/empty';

const saveAfter = 250;
const checkAfter = 200;

/** The filing that is being typed. It belongs to machine and clerk, and is kept by the desk with every change. */
class Draft {
  values = $state<DraftValues>(emptyValues());
  keptAt = $state<string | null>(null);
  canUndo = $state(false);
  keeping = $state(false);
  keepFailed = $state(false);
  /** The disk took nothing of it: what is typed is only on the screen. */
  #noRoom = false;
  procedure = $state.raw<ProcedureView | null>(null);
  check = $state.raw<Check | null>(null);
  /** The kept draft is here, with its procedure: before, the page shows neither a form nor an empty place. */
  ready = $state(false);
  /** The main act was asked for before the draft was here: it is done once it is. */
  held = $state.raw<{ keepPerson: boolean } | null>(null);
  /** Ctrl+Enter was pressed once: from now on empty required fields speak too. */
  attempted = $state(false);
  busy = $state(false);
  error = $state.raw<ErrorView | null>(null);
  /** Fields that were left after something was typed in them. */
  left = new SvelteSet<string>();
  /** Own fields that the clerk typed in: nothing fills them any more. */
  typedIn = new SvelteSet<string>();
  /** What filled own fields by itself, by path. */
  filled = new SvelteMap<string, string>();

  #owner = '';
  #coming = 0;
  #last = '';
  #saving: Promise<void> | null = null;
  #saveTimer = 0;
  #checkTimer = 0;
  #checkTurn = 0;

  /** Brings the draft of the clerk who works now. Does nothing when it is already here or on its way. */
  async open(clerk: string): Promise<void> {
    if (this.#owner === clerk) return;
    this.#owner = clerk;
    const mine = ++this.#coming;
    this.error = null;
    try {
      const view = await call('draft_get', {});
      const procedure = await this.#procedureOf(view);
      // Another clerk has signed in meanwhile.
      if (mine !== this.#coming) return;
      this.#put(view, procedure);
      this.ready = true;
    } catch (thrown) {
      if (mine !== this.#coming) return;
      this.#owner = '';
      this.error = asErrorView(thrown);
    }
  }

  /** Another clerk may come: what is typed is kept, and the page forgets it. False where the disk does not take it. */
  async leave(): Promise<boolean> {
    await this.flush();
    if (this.keepFailed && this.#noRoom) return false;
    clearTimeout(this.#checkTimer);
    this.#checkTurn += 1;
    this.#coming += 1;
    this.#owner = '';
    this.ready = false;
    this.held = null;
    this.values = emptyValues();
    // An emptied page is no change of the draft: it must never be kept over what was typed.
    this.#last = JSON.stringify($state.snapshot(this.values));
    this.procedure = null;
    this.check = null;
    return true;
  }

  /** The disk takes something again: what it refused is kept, and its refusal said no longer. */
  async again(): Promise<void> {
    if (this.error?.code === 'disk_full') this.error = null;
    if (!this.keepFailed) return;
    this.keeping = true;
    await this.flush();
  }

  /** Call with every change: keeps and checks a moment later. */
  changed(): void {
    const text = JSON.stringify($state.snapshot(this.values));
    if (text === this.#last) return;
    this.#last = text;
    this.keeping = true;
    clearTimeout(this.#saveTimer);
    this.#saveTimer = window.setTimeout(() => void this.flush(), saveAfter);
    clearTimeout(this.#checkTimer);
    this.#checkTimer = window.setTimeout(() => void this.checkNow(), checkAfter);
  }

  /** Keeps at once what is not kept yet. While a filing is being received nothing is: it would come back as a draft. */
  async flush(): Promise<void> {
    if (!this.busy) await this.#keepAll();
  }

  /** Keeps until nothing is left to keep, also what somebody else has begun to keep. */
  async #keepAll(): Promise<void> {
    clearTimeout(this.#saveTimer);
    while (this.#saving || this.keeping) await (this.#saving ?? this.#keep());
  }

  #keep(): Promise<void> {
    this.keeping = false;
    this.#saving = call('draft_save', { values: $state.snapshot(this.values) })
      .then((view) => {
        this.keptAt = view.kept_at;
        this.canUndo = false;
        this.keepFailed = false;
      })
      .catch((thrown: unknown) => {
        this.keepFailed = true;
        this.#noRoom = asErrorView(thrown).code === 'disk_full';
      })
      .finally(() => {
        this.#saving = null;
      });
    return this.#saving;
  }

  /** Asks the desk what it would say to these values. */
  async checkNow(): Promise<void> {
    clearTimeout(this.#checkTimer);
    const turn = ++this.#checkTurn;
    if (!this.values.procedure) {
      this.check = null;
      return;
    }
    try {
      const check = await call('filing_check', { values: $state.snapshot(this.values) });
      if (turn === this.#checkTurn) this.check = check;
    } catch {
      // The page keeps the last notes; receiving checks again anyway.
    }
  }

  /** Whether an own field holds what was filled in by itself, untouched by the clerk. */
  filledIn(path: string): boolean {
    const at = this.values.fields[path] ?? '';
    return at !== '' && !this.typedIn.has(path) && this.filled.get(path) === at;
  }

  /** Chooses the procedure, and gives its checklist rows their empty values. */
  async choose(code: string): Promise<void> {
    const owner = this.#owner;
    const procedure = await call('procedure_get', { code });
    // Another clerk has signed in meanwhile: what one chose is not put into the other's draft.
    if (owner !== this.#owner) return;
    // Papers, cases and fees are numbered within their procedure: another procedure's say nothing here.
    if (this.values.procedure !== code) this.#letGo();
    this.procedure = procedure;
    this.values.procedure = code;
    fit(this.values, procedure);
  }

  /** Lets go of the procedure; everything else stays. */
  unchoose(): void {
    this.values.procedure = '';
    this.#letGo();
    this.procedure = null;
    this.check = null;
    this.attempted = false;
    this.error = null;
  }

  #letGo(): void {
    const empty = emptyValues();
    this.values.papers = [];
    this.values.cases = [];
    this.values.copies = '';
    this.values.fee = empty.fee;
    this.values.term = empty.term;
  }

  async clear(): Promise<void> {
    await this.flush();
    await this.#take(await call('draft_clear', {}));
  }

  async undo(): Promise<void> {
    await this.#take(await call('draft_undo', {}));
  }

  /** Opens a received filing to put it right; what is being typed waits. */
  async correct(filing: string): Promise<void> {
    await this.flush();
    await this.#take(await call('correct_begin', { filing }));
  }

  /** Leaves a correction; what was being typed comes back. */
  async leaveCorrection(): Promise<void> {
    await this.flush();
    await this.#take(await call('correct_end', {}));
  }

  /** Receives the filing, or puts a received one right. Null when something has to be corrected first; `error` or the notes say what. */
  async receive(keepPerson: { keepPerson: boolean }): Promise<Received | null> {
    if (this.busy) return null;
    this.busy = true;
    this.error = null;
    this.attempted = true;
    try {
      await this.#keepAll();
      const values = $state.snapshot(this.values);
      const received = values.correcting
        ? await call('filing_correct', { values })
        : await call('filing_receive', { values, keep_person: keepPerson.keepPerson });
      await this.#take(received.draft);
      return received;
    } catch (thrown) {
      const error = asErrorView(thrown);
      if (error.code === 'fields_wrong') await this.checkNow();
      else this.error = error;
      return null;
    } finally {
      this.busy = false;
      // It was not received: what came in meanwhile is kept now.
      if (this.keeping) void this.flush();
    }
  }

  async #take(view: DraftView): Promise<void> {
    const mine = this.#coming;
    const procedure = await this.#procedureOf(view);
    if (mine === this.#coming) this.#put(view, procedure);
  }

  /** The procedure of a draft; null where it has none, or has one that is no longer known. */
  async #procedureOf(view: DraftView): Promise<ProcedureView | null> {
    const code = view.values.procedure;
    return code ? await call('procedure_get', { code }).catch(() => null) : null;
  }

  /** Values and procedure at once: the page never stands with the one and without the other. */
  #put(view: DraftView, procedure: ProcedureView | null): void {
    clearTimeout(this.#saveTimer);
    clearTimeout(this.#checkTimer);
    this.#checkTurn += 1;
    this.keeping = false;
    this.keepFailed = false;
    this.attempted = false;
    this.error = null;
    this.left.clear();
    this.typedIn.clear();
    this.filled.clear();
    this.check = null;
    this.keptAt = view.kept_at;
    this.canUndo = view.can_undo;
    const values = { ...emptyValues(), ...view.values, sets: view.values.sets || '1' };
    if (procedure) fit(values, procedure);
    this.values = values;
    this.procedure = procedure;
    if (values.procedure && !procedure) this.unchoose();
    if (procedure) void this.checkNow();
    // What has just come from the desk need not be kept there again.
    this.#last = JSON.stringify($state.snapshot(this.values));
  }
}

/** Gives the checklist its rows, and keeps of the own fields what this procedure asks for too (a child, a mother). */
function fit(values: DraftValues, procedure: ProcedureView): void {
  values.papers = procedure.documents.map((document) => {
    const before = values.papers.find((one) => one.document === document.id);
    return before ?? { document: document.id, state: null, copies: 0, reason: '' };
  });
  const paths = new Set(procedure.fields.flatMap(pathsOf));
  values.fields = Object.fromEntries(Object.entries(values.fields).filter(([path]) => paths.has(path)));
  if (!values.sets) values.sets = '1';
}

export const draft = new Draft();
