/**
 * Prints pass counts per area on a file of foreign cases, and what fails.
 *   node packages/clinical-text/bench/run-cases.ts FILE [AREA]
 */
import { EmbeddedEngine } from '../src/embedded-engine.ts';
import { judge, readCases, scoreOf } from './cases.ts';

const [file, area] = process.argv.slice(2);
if (file === undefined) {
  console.error('usage: node packages/clinical-text/bench/run-cases.ts FILE [AREA]');
  process.exit(2);
}
const engine = new EmbeddedEngine();
const verdicts = readCases(file)
  .filter((one) => area === undefined || one.area === area)
  .map((one) => judge(one, (text, options) => engine.analyzeSync(text, options)));
for (const { id, area: of, faults } of verdicts) {
  if (faults.length > 0) console.log(`${id} (${of}): ${faults.join('; ')}`);
}
for (const { area: of, passed, total, leaks } of scoreOf(verdicts))
  console.log(`${of}: ${passed} of ${total}${leaks > 0 ? `, ${leaks} with leaks` : ''}`);
