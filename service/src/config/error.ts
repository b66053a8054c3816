export interface ConfigurationFault {
  /** Name of the setting. */
  readonly name: string;
  /** What is wrong with it and what to do, never its value. */
  readonly fault: string;
}

/** Everything that is wrong with the configuration, at once. The message names settings and never shows a value. */
export class ConfigurationError extends Error {
  readonly faults: readonly ConfigurationFault[];

  constructor(faults: readonly ConfigurationFault[]) {
    super(
      [
        `the configuration has ${faults.length} error${faults.length === 1 ? '' : 's'}:`,
        ...faults.map(({ name, fault }) => `  ${name} ${fault}`),
      ].join('\n'),
    );
    this.name = 'ConfigurationError';
    this.faults = faults;
  }
}
