type Tree = { [key: string]: unknown };

/** Context that is CDK's own: feature flags, look-up results, telemetry. Everything else must be a key of ours. */
const foreign =
  /^(@aws-cdk|@aws-cdk-containers|aws-cdk|aws:|cdk|cli-telemetry|availability-zones:|acknowledged-issue|stage$)/;

/** The overrides among the context of an app. */
export function overridesIn(context: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(context).filter(([key]) => !foreign.test(key)));
}

/** Text as a number, boolean or JSON list where it looks like one; an account id is text although it is digits. */
function parsedValue(key: string, value: unknown): unknown {
  if (typeof value !== 'string' || key === 'account') return value;
  if (!/^(-?\d+(\.\d+)?|true|false|\[.*\])$/s.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** `base` with each dot-separated key set. Unknown keys are set as well: the schema refuses them, with the others. */
export function applyOverrides(base: Readonly<Tree>, overrides: Readonly<Record<string, unknown>>): Tree {
  const result = structuredClone(base) as Tree;
  for (const [key, value] of Object.entries(overrides)) {
    const names = key.split('.');
    // Not a key of ours, nor one to walk along: the schema refuses it under the name that was given.
    if (names.some((name) => name in Object.prototype)) {
      result[`(${key})`] = value;
      continue;
    }
    const last = names.pop()!;
    let node = result;
    for (const name of names) {
      const next = node[name];
      node[name] = typeof next === 'object' && next !== null && !Array.isArray(next) ? next : {};
      node = node[name] as Tree;
    }
    node[last] = parsedValue(key, value);
  }
  return result;
}
