/** How an auditor sees a control in a running stage. `STAGE` stands for the name of the stage. */
export interface LiveLook {
  readonly sees: string;

  /** A shell command, or `Logs Insights: NAME` for a saved query. */
  readonly command: string;
}

/** One row of the matrix: a demand, and the evidence that this repository meets it. */
export interface Control {
  /** Clause such as `164.312(a)(2)(iv)`, or a box of the deployment guide's checklists in its words. */
  readonly id: string;

  /** @default - the id says it */
  readonly title?: string;

  /**
   * Kind of implementation specification by 45 CFR 164.306(d): `addressable` is not optional.
   * @default - a standard, or no clause
   */
  readonly demand?: 'required' | 'addressable';

  /** What this project does about it, in a sentence or two. */
  readonly how: string;

  /** Ids of policies that refuse a template without it. @default - none */
  readonly policies?: readonly string[];

  /** Files and folders, from the root of the repository. @default - none */
  readonly code?: readonly string[];

  /** Whether tests name this control in their titles: `it('[164.312(b)] ...')`. @default false */
  readonly tested?: boolean;

  /** Other controls whose tests prove this one, too. @default - none */
  readonly see?: readonly string[];

  /** Whether the test suite as a whole is the evidence. @default false */
  readonly wholeSuite?: boolean;

  /** @default - none */
  readonly live?: readonly LiveLook[];

  /** What only the organisation that runs the service can do, and must. @default - nothing */
  readonly organisation?: string;
}

/** Controls of one source. */
export interface ControlFamily {
  readonly title: string;

  /** A paragraph of the law, or a section of the deployment guide. */
  readonly source: string;
  readonly controls: readonly Control[];
}
