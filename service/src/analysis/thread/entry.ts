import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { EmbeddedEngine, type EmbeddedEngineOptions } from '@healthcare-ai/clinical-text/embedded-engine';
import type { ThreadMessage, ThreadTask } from './protocol.ts';

/**
 * A tenth of the weight of the thread that takes notes in, where the two share a core: enough not to starve. On Linux a
 * nice value belongs to a thread. https://man7.org/linux/man-pages/man2/setpriority.2.html ("C library/kernel differences")
 */
const nice = 10;

/** The main function of an analysis thread: the rules use the processor for milliseconds a note. */
function run(): void {
  const port = parentPort;
  if (!port) throw new Error('this file must run as a worker thread');
  if (process.platform === 'linux') setPriority(0, nice);
  const engine = new EmbeddedEngine(workerData as EmbeddedEngineOptions);
  const say = (message: ThreadMessage) => port.postMessage(message);
  port.on('message', ({ note, options }: ThreadTask) => {
    try {
      say({ kind: 'done', analysis: engine.analyzeSync(note, options) });
    } catch {
      // What the error says may quote the note.
      say({ kind: 'failed' });
    }
  });
  say({ kind: 'ready', name: engine.name, version: engine.version, rulePackSha256: engine.rulePackSha256 });
}

run();
