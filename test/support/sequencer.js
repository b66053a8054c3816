import { readFileSync } from 'node:fs';
import Sequencer from '@jest/test-sequencer';

/**
 * Alternates slow tests with the others. A test file that begins with `@slow` mostly waits for a time limit or for other
 * processes: beside a file that computes it costs almost nothing, at the end of the run it costs all of its time.
 */
export default class SlowFirstSequencer extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    const isSlow = ({ path }) => readFileSync(path, 'utf8').startsWith('/** @slow');
    const slow = sorted.filter(isSlow);
    const others = sorted.filter((test) => !isSlow(test));
    return sorted.flatMap((_, index) => [slow[index], others[index]].filter((test) => test !== undefined));
  }
}
