import { asErrorView, call, type ErrorView, type PersonRead } from '../../lib/host';
import { t } from '../../lib/i18n/index.svelte';
import { app } from '../../lib/state/app.svelte';
import { shapeOf } from '../../lib/scan';
import type { PersonPart } from './person-part.svelte';

/** What came of a text: the person is filled, only a number of nobody known was taken, or it can't be used. */
export type Outcome = 'filled' | 'number' | 'refused';

/** The reading of cards, passports and numbers: asks the desk and fills the draft. */
class Reading {
  /** The last text, where it could not be used: why not, and whom its number names. */
  refused = $state.raw<PersonRead | null>(null);
  error = $state.raw<ErrorView | null>(null);
  #turn = 0;

  forget(): void {
    this.refused = null;
    this.error = null;
  }

  async take(text: string, part: PersonPart): Promise<Outcome> {
    const mine = ++this.#turn;
    this.forget();
    try {
      const read = await call('person_read', { text: lines(text) });
      if (mine !== this.#turn) return 'refused';
      if (!read.person) {
        this.refused = read;
        app.say(t('read-refused'));
        return 'refused';
      }
      if (read.person.name) {
        part.fill(read, read.person);
        app.say(t('read-filled', { name: read.person.name }));
        return 'filled';
      }
      part.number(read);
      return 'number';
    } catch (thrown) {
      this.error = asErrorView(thrown);
      return 'refused';
    }
  }
}

/** A passport's two lines that were typed as one. */
function lines(text: string): string {
  if (shapeOf(text) !== 'passport' || text.trim().includes('\n')) return text;
  const bare = text.replace(/\s+/g, '').toUpperCase();
  return `${bare.slice(0, 44)}\n${bare.slice(44)}`;
}

export const reading = new Reading();
