import type { Selection } from './template/selection.ts';

/** A test that shows a control, by the name that its file and jest give it. */
export interface TestReference {
  /** Path from the root of the repository. */
  readonly file: string;

  /** Full name, the titles of its blocks included; `%s` and the like as the file writes them. */
  readonly name: string;
}

/** How an auditor sees a control in a running stage. `STAGE` stands for the name of the stage. */
export interface LiveLook {
  readonly sees: string;

  /** A shell command, or the name of a saved query with how to run it. */
  readonly command: string;
}

/** One row of the matrix: what is asked for, and everything that is said to show it. */
export interface Control {
  /** Clause such as `164.312(a)(2)(iv)`, or the box of the checklist as the seed words it. */
  readonly id: string;
  readonly title: string;

  /**
   * How 45 CFR 164.306(d) has an implementation specification: `addressable` is not optional.
   * @default - a standard, or no clause
   */
  readonly demand?: 'required' | 'addressable';

  /** What this project does about it, in a sentence or two. */
  readonly how: string;

  /** @default - nothing in a template shows it */
  readonly templates?: readonly Selection[];

  /** Rules of `packages/cloud-policies/src` that refuse a template without it. @default - none */
  readonly policies?: readonly string[];

  /** Files and folders, from the root of the repository. @default - none */
  readonly code?: readonly string[];

  /** @default - none */
  readonly tests?: readonly TestReference[];

  /** Whether it is the suite as a whole that shows it. @default false */
  readonly wholeSuite?: boolean;

  /** @default - none */
  readonly live?: readonly LiveLook[];

  /**
   * What nobody but the organisation that runs the service can do, and must.
   * @default - nothing
   */
  readonly organisation?: string;
}

/** Controls of one source. */
export interface ControlFamily {
  readonly title: string;

  /** Where the words come from: a paragraph of the law, or the seed's guide. */
  readonly source: string;
  readonly controls: readonly Control[];
}

/** References to several tests of one file. */
export const testsOf = (file: string, ...names: readonly string[]): TestReference[] =>
  names.map((name) => ({ file: `test/${file}.test.ts`, name }));
