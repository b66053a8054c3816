import { z } from 'zod';
import { loadStages } from './load.ts';
import { type StageConfig, type StageInput, stageSchema } from './schema.ts';

interface Node {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Node;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly required?: readonly string[];
  readonly oneOf?: readonly Node[];
  readonly anyOf?: readonly Node[];
}

interface Row {
  readonly key: string;
  readonly type: string;
  readonly shown: string;
  readonly description: string;
}

const code = (value: unknown): string => `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;

function typeOf(node: Node): string {
  if (node.enum !== undefined) return node.enum.map(code).join(', ');
  if (node.const !== undefined) return code(node.const);
  if (node.type === 'array') return `list of ${typeOf(node.items ?? {})}`;
  const bounds = [node.minimum, node.maximum].filter(
    (bound) => bound !== undefined && Math.abs(bound) < Number.MAX_SAFE_INTEGER,
  );
  if (node.type === 'integer' || node.type === 'number') {
    return bounds.length === 2 ? `${node.type}, ${bounds.join(' to ')}` : node.type;
  }
  return node.type ?? 'text';
}

/** The keys below an object, sections and alternatives opened. */
function rowsOf(node: Node, prefix: string, optional: boolean): Row[] {
  return Object.entries(node.properties ?? {}).flatMap(([name, child]): Row[] => {
    const key = prefix === '' ? name : `${prefix}.${name}`;
    const alternatives = child.oneOf ?? child.anyOf;
    const missing = optional || !(node.required ?? []).includes(name);
    if (alternatives !== undefined) {
      const kinds = alternatives.map((one) => Object.values(one.properties ?? {})[0]?.const);
      const [discriminator] = Object.keys(alternatives[0]?.properties ?? {});
      const shown = Object.values((child.default ?? {}) as object)[0];
      const head: Row = {
        key: `${key}.${discriminator}`,
        type: kinds.map(code).join(', '),
        shown: code(shown),
        description: child.description ?? '',
      };
      const rest = alternatives.flatMap((one, index) =>
        rowsOf(one, key, false)
          .filter((row) => row.key !== head.key)
          .map((row) => ({ ...row, description: `With ${code(kinds[index])}. ${row.description}` })),
      );
      return [head, ...rest];
    }
    if (child.properties !== undefined)
      return rowsOf(child, key, missing && child.default === undefined && !isSection(child));
    const shown = child.default === undefined ? (missing ? 'none' : '**required**') : code(child.default);
    return [{ key, type: typeOf(child), shown, description: child.description ?? '' }];
  });
}

/** Whether an object may be left out because each of its keys has a default. */
const isSection = (node: Node): boolean => (node.required ?? []).length === 0;

function flatten(value: unknown, prefix = ''): [string, unknown][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [[prefix, value]];
  return Object.entries(value).flatMap(([key, child]) => flatten(child, prefix === '' ? key : `${prefix}.${key}`));
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Keys whose effective value differs between the stages. */
function differences(configs: readonly StageConfig[]): string {
  const values = configs.map((config) => new Map(flatten(config)));
  const keys = [...new Set(values.flatMap((map) => [...map.keys()]))].filter((key) => key !== 'stage');
  const rows = keys
    .map((key) => [key, ...values.map((map) => (map.has(key) ? code(map.get(key)) : 'none'))])
    .filter(([, ...cells]) => new Set(cells).size > 1);
  return table(
    ['Key', ...configs.map(({ stage }) => stage)],
    rows.map(([key, ...cells]) => [code(key), ...cells]),
  );
}

/** docs/configuration-aws.md, from the schema and the stage files. */
export function configurationReference(stages: Readonly<Record<string, StageInput>>): string {
  const schema = z.toJSONSchema(stageSchema, { io: 'input', unrepresentable: 'any' }) as Node;
  const rows = rowsOf(schema, '', false).map((row) => [code(row.key), row.type, row.shown, row.description]);
  return `# Configuration of a stage on AWS

Made from \`lib/config/schema.ts\`, its \`sections/\` and \`lib/config/stages.ts\` by \`npm run docs\`; a test compares them.

A stage is an entry of \`lib/config/stages.ts\`. Any key can be set for one run: \`npm run synth -- dev -c
service.maxTasks=8\`, and likewise \`npx cdk deploy --all -c stage=dev -c service.maxTasks=8\`. Lists are JSON. A key
that is not below is refused, and so is a combination that cannot work; all faults are reported at once, the exit code is 2,
and no template is written.

## Keys

${table(['Key', 'Type', 'Default', 'What it is'], rows)}

## Where the stages differ

${differences(loadStages(stages))}

## Refused together

- neither a certificate nor a hosted zone; a certificate of another region, or of another account than \`account\`; a name
  outside its zone; zones of another region
- a region whose RDS root certificates the image does not have
- subnets of an existing VPC that do not match the zones; a transit gateway for an existing VPC; more zones with endpoints
  than zones
- an inference profile of another model, or that does not list the region of the stage
- a database that pauses with a service that always runs: its session keeps the database awake
- more than 1 vCPU a task: one Node.js thread never reaches 70 % of two
- CPU and memory that Fargate does not offer together; fewer tasks at most than at least
- twice the tasks (a deployment runs old and new side by side) times their connections over what Aurora has at \`maxAcu\`
- a sidecar without \`network.egress: nat\`, or with less than 512 CPU units
- a JWT at the load balancer with canary deployments, or on an internal one without a way out
- the page with a JWT at the load balancer, or without an issuer
- Spot tasks with canary deployments
- \`disposable\` with copies of the backups, which it has not
- with \`production\`: an account that another stage looks after, \`disposable\`, no uptime canary on the internet, endpoints
  in one zone, fewer than 2 tasks, Spot, a database that pauses or has no replica, audit retention under six years, daily
  backups kept for less than 35 days
`;
}
