// Colours are roles. This check fails when a component, a page or a style sheet other than the one
// that defines the roles names a colour by value.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = new URL('../src', import.meta.url).pathname;
const allowed = ['styles/tokens.css', 'lib/host/fake'];
const value = /#[0-9a-fA-F]{3,8}\b(?![^<]*<\/a>)|\b(?:rgb|rgba|hsl|hsla|oklch|oklab|lab|lch)\(/;
let bad = 0;

for (const entry of readdirSync(root, { recursive: true })) {
  const path = String(entry);
  if (!/\.(svelte|css)$/.test(path) || allowed.some((part) => path.includes(part))) continue;
  readFileSync(join(root, path), 'utf8')
    .split('\n')
    .forEach((line, index) => {
      if (!value.test(line) || /\{#(if|each|await|key|snippet)/.test(line)) return;
      bad += 1;
      console.log(`src/${path}:${index + 1}: a colour by value: ${line.trim()}`);
    });
}
if (bad > 0) process.exit(1);
