import { readFileSync } from 'node:fs';

/** The feature flags of cdk.json: the CLI hands them over, a program that builds the app itself has to read them. */
export function contextOf(cdkJson: string): Record<string, unknown> {
  return (JSON.parse(readFileSync(cdkJson, 'utf8')) as { context: Record<string, unknown> }).context;
}
