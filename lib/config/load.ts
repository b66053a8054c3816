import type { z } from 'zod';
import { type ConfigFault, crossCheck } from './cross-checks.ts';
import { applyOverrides } from './overrides.ts';
import { type StageConfig, type StageInput, stageSchema } from './schema.ts';

/** Every fault of every stage that was asked for. */
export class ConfigurationError extends Error {
  readonly faults: readonly (ConfigFault & { readonly stage: string })[];

  constructor(faults: readonly (ConfigFault & { readonly stage: string })[]) {
    const lines = faults.map(({ stage, path, message }) => `  ${[stage, path].filter(Boolean).join(' ')}: ${message}`);
    super(`The configuration has ${faults.length} fault${faults.length === 1 ? '' : 's'}:\n${lines.join('\n')}`);
    this.name = 'ConfigurationError';
    this.faults = faults;
  }
}

type Tree = { [key: string]: unknown };

function faultsOf(error: z.ZodError): ConfigFault[] {
  return error.issues.flatMap((issue) => {
    const path = issue.path.join('.');
    if (issue.code !== 'unrecognized_keys') return [{ path, message: issue.message }];
    return issue.keys.map((key) => ({
      path: [path, key].filter(Boolean).join('.'),
      message: 'is not a key of the configuration; docs/configuration-aws.md lists them',
    }));
  });
}

/** `given` without the parts that do not parse. */
function without(given: Tree, faults: readonly ConfigFault[]): Tree {
  const copy = structuredClone(given);
  for (const { path } of faults) {
    // A list goes as a whole.
    const keys = path.split('.').filter((key) => !/^\d+$/.test(key));
    const last = keys.pop()!;
    const parent = keys.reduce<unknown>((node, key) => (node as Tree | undefined)?.[key], copy);
    if (typeof parent === 'object' && parent !== null) delete (parent as Tree)[last];
  }
  return copy;
}

/** A valid configuration of the given region and account, for the parts that are missing or invalid. */
function standIn({ region = 'us-east-1', account = '111122223333' }: Tree): StageInput {
  return {
    region: String(region),
    availabilityZones: [`${region}a`, `${region}b`],
    edge: { domainName: 'notes.example.org', certificateArn: `arn:aws:acm:${region}:${account}:certificate/x` },
  };
}

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

/** `over` upon `under`, section by section. */
function merged(under: Tree, over: Tree): Tree {
  const entries = Object.entries(over).map(([key, value]) => {
    const below = under[key];
    return [key, isTree(value) && isTree(below) ? merged(below, value) : value] as const;
  });
  return { ...under, ...Object.fromEntries(entries) };
}

/** Checks one stage: its own faults and those between fields, together. */
function check(stage: string, input: Tree, base: Tree): { config?: StageConfig; faults: ConfigFault[] } {
  const parsed = stageSchema.safeParse(input);
  if (parsed.success) {
    const config = { ...parsed.data, stage };
    return { config, faults: crossCheck(config) };
  }
  // What does not parse is put back to what the stage file says, so that the rest is checked as well.
  const faults = faultsOf(parsed.error);
  const rest = without(input, faults);
  const sound = stageSchema.safeParse(base);
  const floor = sound.success ? sound.data : stageSchema.safeParse(standIn(rest)).data;
  const across = floor === undefined ? [] : crossCheck({ ...(merged(floor, rest) as typeof floor), stage });
  return { faults: [...faults, ...across] };
}

/**
 * The configuration of each of the stages asked for.
 *
 * @param stages what the stage files say
 * @param wanted names of stages; all when empty
 * @param overrides dot-separated keys and their text, as `-c key=value` gives them
 * @throws ConfigurationError with every fault of every stage
 */
export function loadStages(
  stages: Readonly<Record<string, StageInput>>,
  wanted: readonly string[] = [],
  overrides: Readonly<Record<string, unknown>> = {},
): StageConfig[] {
  const names = wanted.length === 0 ? Object.keys(stages) : wanted;
  const configs: StageConfig[] = [];
  const faults: (ConfigFault & { stage: string })[] = [];
  for (const name of names) {
    const base = stages[name] as Tree | undefined;
    if (base === undefined || !/^[a-z][a-z0-9]{0,15}$/.test(name)) {
      const known = Object.keys(stages).join(', ');
      faults.push({
        stage: '',
        path: 'stage',
        message: `there is no stage ${JSON.stringify(name)}; use one of ${known}`,
      });
      continue;
    }
    const result = check(name, applyOverrides(base, overrides), base);
    faults.push(...result.faults.map((fault) => ({ ...fault, stage: name })));
    if (result.config !== undefined) configs.push(result.config);
  }
  if (faults.length > 0) throw new ConfigurationError(faults);
  return configs;
}
