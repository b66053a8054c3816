import { readFileSync, writeFileSync } from 'node:fs';
import { controlFamilies, controlsMatrix } from '@healthcare-ai/compliance';
import { configurationReference } from '../lib/config/reference.ts';
import { stages } from '../lib/config/stages.ts';
import { settingsTable } from '../service/src/config/describe.ts';
import { metricsTables } from '../service/src/telemetry/document.ts';
import { apiTypes } from './api-types.ts';

/** Writes what the code describes: parts of the documentation, and the types of the page. Tests compare the committed files with the code. */
function replaceTable(path: string, table: string): void {
  const [head] = table.split('\n', 1);
  const text = readFileSync(path, 'utf8');
  const start = text.indexOf(`${head}\n`);
  if (start < 0) throw new Error(`${path} has no table that begins with ${head}`);
  const [old] = /^(\|.*\n)+/.exec(text.slice(start))!;
  writeFileSync(
    path,
    text.replace(old!, () => `${table}\n`),
  );
}

const { prometheus, cloudwatch } = metricsTables();

replaceTable('docs/configuration.md', settingsTable());
replaceTable('docs/metrics.md', prometheus);
replaceTable('docs/metrics.md', cloudwatch);
writeFileSync('docs/configuration-aws.md', configurationReference(stages));
writeFileSync('docs/compliance/controls-matrix.md', controlsMatrix(controlFamilies));
writeFileSync('web/src/api/types.ts', apiTypes());
