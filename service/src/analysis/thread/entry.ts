import { setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { EmbeddedEngine } from '../embedded/embedded-engine.ts';
import type { ThreadMessage, ThreadTask } from './protocol.ts';

/**
 * Lowest of all but idle. On Linux a nice value belongs to a thread, so this yields to the thread that takes notes in,
 * wherever they share a core. https://man7.org/linux/man-pages/man2/setpriority.2.html ("C library/kernel differences")
 */
const nice = 19;

/** The main function of an analysis thread: the rules use the processor for milliseconds a note. */
function run(): void {
  const port = parentPort;
  if (!port) throw new Error('this file is the main file of a worker thread');
  if (process.platform === 'linux') setPriority(0, nice);
  const engine = new EmbeddedEngine();
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
