import { call, type Theme } from '../host';
import { language, t } from '../i18n/index.svelte';
import { actOf } from '../state/acts.svelte';
import { app } from '../state/app.svelte';
import { fold } from './fold';
import { switchUser } from '../state/session';

/** A line of the palette that does something. */
export interface Command {
  id: string;
  title: string;
  /** Its key in the one table, where it has one. */
  key?: string;
  run: () => void;
}

const themes: Theme[] = ['system', 'light', 'dark', 'contrast'];

function nextTheme(): void {
  const settings = app.state?.settings;
  if (!settings) return;
  const theme = themes[(themes.indexOf(settings.theme) + 1) % themes.length] ?? 'system';
  void app.save({ ...settings, theme });
}

function otherLanguage(): void {
  const settings = app.state?.settings;
  if (settings) void app.save({ ...settings, language: settings.language === 'vi' ? 'en' : 'vi' });
}

function all(): Command[] {
  const list: Command[] = [
    { id: 'new', title: t('key-new'), key: 'new', run: () => actOf('new')?.run() },
    { id: 'receive', title: t('key-place-receive'), key: 'place-receive', run: () => app.go('receive') },
    { id: 'filings', title: t('key-place-filings'), key: 'place-filings', run: () => app.go('filings') },
    { id: 'sync', title: t('key-place-sync'), key: 'place-sync', run: () => app.go('sync') },
    { id: 'day', title: t('key-place-day'), key: 'place-day', run: () => app.go('day') },
    { id: 'office', title: t('key-place-office'), key: 'place-office', run: () => app.go('office') },
    { id: 'language', title: t('command-language'), run: otherLanguage },
    { id: 'theme', title: t('command-theme'), run: nextTheme },
    { id: 'keys', title: t('key-keys'), key: 'keys', run: () => (app.layer = 'keys') },
    { id: 'lock', title: t('command-lock'), run: () => void switchUser() },
  ];
  // What lies at the end of the page between two citizens: far for the cursor, near here.
  const [pads, later] = [actOf('pads'), actOf('later')];
  if (pads) list.push({ id: 'pads', title: t('pads-act'), run: pads.run });
  if (later) list.push({ id: 'later', title: t('pad-later'), run: later.run });
  if (app.permits('send_now')) {
    list.push({
      id: 'send',
      title: t('command-send'),
      run: () => void call('sync_now', {}).then(() => app.readSync()),
    });
  }
  return list;
}

/** The commands whose words contain what was typed; all of them while nothing is typed. Reads the language. */
export function commandsFor(query: string): Command[] {
  const typed = fold(query.trim());
  void language();
  return all().filter((one) => fold(one.title).includes(typed));
}
