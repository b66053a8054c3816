/**
 * POSIX writes up to PIPE_BUF bytes to a pipe as one, so that processes which share standard output (`WORKERS`) do not
 * write into each other's lines. https://man7.org/linux/man-pages/man7/pipe.7.html
 */
const mostBytes = 4_096;

/**
 * Writes lines to a stream, those of one turn of the event loop together: one write for each line was a tenth of the CPU
 * of the ingest path (`npm run bench`). Standard output and standard error also get their last lines when the process
 * exits; only SIGKILL, or a crash of Node itself, loses the lines of one turn.
 */
export class LineWriter {
  readonly #stream: NodeJS.WritableStream;
  #waiting = '';
  #bytes = 0;
  #scheduled = false;
  readonly #write = () => {
    this.#scheduled = false;
    this.writeWaiting();
  };

  constructor(stream: NodeJS.WritableStream) {
    this.#stream = stream;
    if (stream === process.stdout || stream === process.stderr) process.once('exit', () => this.writeWaiting());
  }

  write(line: string): void {
    const bytes = Buffer.byteLength(line) + 1;
    if (this.#bytes > 0 && this.#bytes + bytes > mostBytes) this.writeWaiting();
    this.#waiting += `${line}\n`;
    this.#bytes += bytes;
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(this.#write);
  }

  /** Hands the lines of this turn to the stream now. */
  writeWaiting(): void {
    if (this.#bytes === 0) return;
    const text = this.#waiting;
    this.#waiting = '';
    this.#bytes = 0;
    this.#stream.write(text);
  }
}
