// Writes the union of message keys from the Vietnamese catalogue, so that a text that does not exist
// is a type error. The parity of the two catalogues is a test (src/lib/i18n/catalogue.test.ts).
import { readFileSync, writeFileSync } from 'node:fs';

const source = new URL('../../assets/i18n/vi.ftl', import.meta.url);
const target = new URL('../src/lib/i18n/keys.gen.ts', import.meta.url);

const keys = [...readFileSync(source, 'utf8').matchAll(/^([a-z][a-z0-9_-]*) *=/gm)].map((hit) => hit[1]);
const text =
  '// Generated from assets/i18n/vi.ftl by scripts/gen-keys.mjs. Do not edit.\n\n' +
  `export type MessageKey =\n${keys.map((key) => `  | '${key}'`).join('\n')};\n`;
let before = '';
try {
  before = readFileSync(target, 'utf8');
} catch {
  // First run: there is nothing to compare with.
}
if (before !== text) writeFileSync(target, text);
