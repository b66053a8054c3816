import { readFileSync, writeFileSync } from 'node:fs';
import { settingsTable } from '../service/src/config/describe.ts';

/** Writes what the documentation says of the code from the code. Tests hold the committed files to it. */
const path = 'docs/configuration.md';
const text = readFileSync(path, 'utf8');
const replaced = text.replace(
  /(<!-- settings: [^\n]*-->\n)[\s\S]*?(<!-- \/settings -->)/,
  (_match, open: string, close: string) => `${open}\n${settingsTable()}\n\n${close}`,
);
writeFileSync(path, replaced);
