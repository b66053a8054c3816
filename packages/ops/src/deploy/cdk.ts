import { join } from 'node:path';
import { type ChildOptions, type ChildResult, runChild } from './child.ts';

/** `npx cdk` of this checkout, without npx: the same program, and no question about what to install. */
const program = join('node_modules', 'aws-cdk', 'bin', 'cdk');

export interface CdkOptions extends ChildOptions {
  /** Folder of the assembly that is deployed: no app is run. */
  readonly assembly: string;
  readonly profile?: string;
}

/**
 * `cdk deploy` of the given stacks, in the order that they need, and of no others.
 *
 * @param ids as the assembly names them: `dev/audit`
 */
export function cdkDeploy(ids: readonly string[], { assembly, profile, ...options }: CdkOptions): Promise<ChildResult> {
  const args = [program, 'deploy', ...ids, '--app', assembly, '--exclusively', '--progress', 'events'];
  // This command has asked; the CLI's own question could not be answered.
  args.push('--require-approval', 'never', '--ci', ...(profile ? ['--profile', profile] : []));
  return runChild(process.execPath, args, options);
}

/** Progress lines of the CLI: `name | 3/9 | 5:21:44 PM | CREATE_COMPLETE | type | resource`. */
export function progressOf(line: string): string | undefined {
  const [stack, count, , status, type, resource] = line.split('|').map((part) => part.trim());
  if (resource === undefined || !/^\d+(\/\d+)?$/.test(count!)) return undefined;
  // A line when something ends is enough; that the stack has begun is worth one.
  if (status!.endsWith('_IN_PROGRESS') && type !== 'AWS::CloudFormation::Stack') return undefined;
  return `${stack} ${count} ${status} ${type} ${resource.split(' ')[0]}`;
}
