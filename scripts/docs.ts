import { readFileSync, writeFileSync } from 'node:fs';
import { assume } from '@healthcare-ai/ops/cost/assumptions';
import { count } from '@healthcare-ai/ops/cost/count';
import { costTables } from '@healthcare-ai/ops/cost/document';
import { loadStages } from '../lib/config/load.ts';
import { stages } from '../lib/config/stages.ts';
import { contextOf } from '../lib/context.ts';
import { templatesOf } from '../lib/synth/templates.ts';
import { settingsTable } from '../service/src/config/describe.ts';
import { metricsTables } from '../service/src/telemetry/document.ts';

/** Writes what the documentation says of the code from the code. Tests hold the committed files to it. */
function write(path: string, parts: Readonly<Record<string, string>>): void {
  let text = readFileSync(path, 'utf8');
  for (const [name, part] of Object.entries(parts)) {
    text = text.replace(
      new RegExp(`(<!-- ${name}: [^\\n]*-->\\n)[\\s\\S]*?(<!-- /${name} -->)`),
      (_match, open: string, close: string) => `${open}\n${part}\n\n${close}`,
    );
  }
  writeFileSync(path, text);
}

write('docs/configuration.md', { settings: settingsTable() });
write('docs/metrics.md', metricsTables());

const context = contextOf('cdk.json');
const templates = loadStages(stages, [], {}).map((config) => [config.stage, templatesOf(config, context)] as const);
write(
  'docs/cost.md',
  costTables(Object.fromEntries(templates.map(([stage, stacks]) => [stage, count(stacks, assume())]))),
);
