import { createHash } from 'node:crypto';

/** A prompt. A released one is never edited: a new version is added beside it. docs/prompts.md has the log. */
export interface Prompt {
  /** Semantic version: major when the answer has another form, minor when it may have another content. */
  readonly version: string;
  readonly system: string;
  /** Stands before and after the note. */
  readonly before: string;
  readonly after: string;
  readonly tool: { readonly name: string; readonly description: string };
  /** JSON Schema of the answer. */
  readonly schema: Readonly<Record<string, unknown>>;
}

/** SHA-256 of all of it, lower-case hex: the schema is a part of the prompt. */
export function promptSha256({ version, system, before, after, tool, schema }: Prompt): string {
  return createHash('sha256')
    .update(JSON.stringify([version, system, before, after, tool.name, tool.description, schema]))
    .digest('hex');
}
