import { FluentBundle, FluentResource, type FluentVariable } from '@fluent/bundle';
import enSource from '../../../../assets/i18n/en.ftl?raw';
import viSource from '../../../../assets/i18n/vi.ftl?raw';
import type { Language } from '../host/api.gen';

const sources: Record<Language, string> = { vi: viSource, en: enSource };
const bundles = new Map<Language, FluentBundle>();

function bundle(language: Language): FluentBundle {
  const known = bundles.get(language);
  if (known) return known;
  const made = new FluentBundle(language === 'vi' ? 'vi-VN' : 'en-GB', {
    // The invisible isolation marks would end up in what clerks copy.
    useIsolating: false,
    // Numbers are shown as they are: dossier counts and years take no thousands separator here.
    functions: {},
    transform: (text) => text,
  });
  made.addResource(new FluentResource(sources[language]));
  bundles.set(language, made);
  return made;
}

/** The text of a key in a language, or null when the catalogue lacks it. */
export function format(
  language: Language,
  key: string,
  args?: Record<string, FluentVariable>,
): string | null {
  const book = bundle(language);
  const message = book.getMessage(key);
  if (!message?.value) return null;
  return book.formatPattern(message.value, args ?? null, []);
}
