/**
 * Measures the embedded engine on files of known shapes, with baselines in the same run.
 *   npm run quality -- FILE... [--json] [--errors] [--half a|b] [--card CARD] [--speed [--notes N]]
 */
import { parseArgs } from 'node:util';
import { EmbeddedEngine } from '../src/embedded-engine.ts';
import { writeCard } from './card.ts';
import { evaluate } from './evaluate.ts';
import { asJson, asText } from './report.ts';
import { BadFile, type Half, readDataset } from './shapes.ts';
import { measureSpeed } from './speed.ts';

const USAGE = 'usage: npm run quality -- FILE... [--json] [--errors] [--half a|b] [--card CARD] [--speed [--notes N]]';

class BadUsage extends Error {}

const options = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        errors: { type: 'boolean', default: false },
        half: { type: 'string' },
        card: { type: 'string' },
        speed: { type: 'boolean', default: false },
        notes: { type: 'string', default: '10000' },
      },
    });
  } catch (error) {
    throw new BadUsage(`${(error as Error).message.split('.')[0]}; ${USAGE}`);
  }
};

const run = (args: readonly string[]): string => {
  const { values, positionals: files } = options(args);
  if (files.length === 0) throw new BadUsage(`no file given; ${USAGE}`);
  if (values.half !== undefined && !['a', 'b'].includes(values.half))
    throw new BadUsage(`--half takes a or b, not "${values.half}"`);
  const count = Number(values.notes);
  if (!Number.isInteger(count) || count < 10)
    throw new BadUsage(`--notes takes a whole number of at least 10, not "${values.notes}"`);
  const datasets = files.map((file) => ({ file, dataset: readDataset(file, values.half as Half | undefined) }));
  const engine = new EmbeddedEngine();
  const { name, version, rulePackSha256 } = engine;
  if (values.speed) {
    const speed = measureSpeed(
      datasets.map(({ dataset }) => dataset),
      engine,
      count,
    );
    return values.json
      ? JSON.stringify({ engine: { name, version, rulePackSha256 }, speed }, null, 2)
      : `${speed.notes} notes of ${speed.charactersANote} characters: ${speed.notesPerCpuSecond} notes a second of processor time (${speed.notesPerSecond} by the clock), p50 ${speed.p50Ms} ms, p99 ${speed.p99Ms} ms, live heap ${speed.heapMiB[0]} MiB after a tenth and ${speed.heapMiB[1]} MiB at the end, resident ${speed.residentMiB} MiB`;
  }
  const reports = datasets.map(({ file, dataset }) => ({
    file,
    shape: dataset.shape,
    rows: dataset.rows.length,
    ...evaluate(dataset, engine),
  }));
  if (values.card !== undefined) {
    writeCard(values.card, `${name} ${version}, rule pack ${rulePackSha256}`, reports);
    return `wrote the figures of ${values.card}`;
  }
  return values.json
    ? asJson(reports, { name, version, rulePackSha256 })
    : `engine ${name} ${version}, rule pack ${rulePackSha256.slice(0, 16)}\n\n${asText(reports, values.errors)}`;
};

try {
  console.log(run(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof BadFile || error instanceof BadUsage)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
