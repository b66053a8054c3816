export interface ProgressBarOptions {
  readonly terminal: NodeJS.WritableStream & { readonly isTTY?: boolean };
  /** What is done: `Verifying`. */
  readonly verb: string;
  /** What is counted: `events`. */
  readonly unit: string;
  /** How many there are; undefined when unknown. */
  readonly total?: number;
  /** Milliseconds. */
  readonly now: () => number;
}

const every = 100;
const width = 24;

/** A progress line for long work. Draws nothing when the output is not a terminal. */
export class ProgressBar {
  readonly #options: ProgressBarOptions;
  readonly #started: number;
  #done = 0;
  #drawn = 0;

  constructor(options: ProgressBarOptions) {
    this.#options = options;
    this.#started = options.now();
  }

  add(count: number): void {
    this.#done += count;
    const { terminal, now } = this.#options;
    if (!terminal.isTTY || now() - this.#drawn < every) return;
    this.#drawn = now();
    terminal.write(`\r${this.#line()}\u001b[K`);
  }

  /** Takes the line away. */
  end(): void {
    const { terminal } = this.#options;
    if (terminal.isTTY && this.#drawn > 0) terminal.write('\r\u001b[K');
  }

  #line(): string {
    const { verb, unit, total, now } = this.#options;
    const seconds = Math.max(0.001, (now() - this.#started) / 1000);
    const rate = this.#done / seconds;
    const speed = `${Math.round(rate).toLocaleString('en-US')} ${unit}/s`;
    if (total === undefined || total === 0) return `${verb} ${this.#done.toLocaleString('en-US')} ${unit}, ${speed}`;
    const share = Math.min(1, this.#done / total);
    const bar = '#'.repeat(Math.round(share * width)).padEnd(width, '.');
    const left = Math.ceil(Math.max(0, total - this.#done) / Math.max(rate, 1));
    return `${verb} [${bar}] ${Math.floor(share * 100)} %, ${speed}, ${left} s left`;
  }
}
