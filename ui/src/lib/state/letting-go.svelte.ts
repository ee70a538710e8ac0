import { asErrorView, call, type ErrorView, type KeptPapers } from '../host';
import { app } from './app.svelte';

/** Papers that leave this PC because a person asked: part by part, so that it shows how far it is and can be stopped. */
class LettingGo {
  kept = $state.raw<KeptPapers | null>(null);
  error = $state.raw<ErrorView | null>(null);
  /** Files that went in the run under way, and that were to go when it began; none while nothing runs. */
  run = $state.raw<{ done: number; total: number } | null>(null);
  /** What the last run brought; none before one, or when there was nothing. */
  went = $state.raw<{ files: number; bytes: number } | null>(null);
  #stopped = false;

  async read() {
    try {
      this.kept = await call('kept_papers', {});
    } catch (thrown) {
      this.error = asErrorView(thrown);
    }
  }

  async keep(days: number) {
    this.error = null;
    this.went = null;
    try {
      this.kept = await call('kept_papers_days', { days });
    } catch (thrown) {
      this.error = asErrorView(thrown);
    }
  }

  async go(total: number) {
    if (this.run) return;
    let [files, bytes] = [0, 0];
    this.error = null;
    this.went = null;
    this.#stopped = false;
    this.run = { done: 0, total };
    try {
      for (;;) {
        const part = await call('kept_papers_go', {});
        this.kept = part.kept;
        files += part.files;
        bytes += Number(part.bytes);
        this.run = { done: files, total: files + part.kept.may };
        if (part.files === 0 || part.kept.may === 0 || this.#stopped) break;
      }
    } catch (thrown) {
      this.error = asErrorView(thrown);
    }
    this.run = null;
    if (files > 0) this.went = { files, bytes };
    void app.readSync();
  }

  stop() {
    this.#stopped = true;
  }
}

export const lettingGo = new LettingGo();
