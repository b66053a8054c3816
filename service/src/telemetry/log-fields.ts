/**
 * The only fields a log line may carry, and the type of each.
 *
 * Not one of them can hold what a client sent: no body, header, query, URL, name or message of an unknown error.
 * `route` is the pattern (`/notes/:audit_id`), never the path. docs: HIPAA 45 CFR 164.312(b), DESIGN section 2.
 */
export const logFieldTypes = {
  request_id: 'string',
  trace_id: 'string',
  audit_id: 'string',
  tenant: 'string',
  principal: 'string',
  key_id: 'string',
  method: 'string',
  route: 'string',
  status: 'number',
  duration_ms: 'number',
  action: 'string',
  outcome: 'string',
  error_class: 'string',
  error_code: 'string',
  chain: 'string',
  seq: 'number',
  lane: 'number',
  sink: 'string',
  term: 'number',
  count: 'number',
  size: 'number',
  attempt: 'number',
  host: 'string',
  port: 'number',
  tls: 'boolean',
  version: 'string',
  node: 'string',
  database: 'string',
  migration: 'string',
  setting: 'string',
  pid: 'number',
  worker: 'number',
  workers: 'number',
  lanes: 'number',
  signal: 'string',
  exit_code: 'number',
  delay_ms: 'number',
  deadline_ms: 'number',
  reason: 'string',
} as const;

type FieldTypes = typeof logFieldTypes;
type FieldName = keyof FieldTypes;
type ValueOf = { readonly string: string; readonly number: number; readonly boolean: boolean };

/** The fields of one log line, all optional. {@link logFieldTypes} names them. */
export type LogFields = { readonly [Name in FieldName]?: ValueOf[FieldTypes[Name]] | undefined };

/** Longest string that a field may hold, in UTF-16 code units. */
const maxFieldLength = 200;

const CONTROL = /[\p{Cc}\u2028\u2029]/gu;

/** One line and bounded: a value can neither start a second log record nor flood the log. */
function clean(text: string): string {
  const cut = text.length > maxFieldLength ? text.slice(0, maxFieldLength).toWellFormed() : text;
  return cut.replace(CONTROL, '');
}

/**
 * Copies onto `target` what the allow-list admits and drops the rest: unknown names, values of another type,
 * numbers that JSON cannot write, names that `target` has already. Types alone cannot promise this, since an object may carry more than its type says.
 */
export function addAllowedFields(target: Record<string, unknown>, fields: LogFields): void {
  for (const name of Object.keys(fields) as FieldName[]) {
    const type = Object.hasOwn(logFieldTypes, name) ? logFieldTypes[name] : undefined;
    const value = fields[name];
    if (type === undefined || typeof value !== type || Object.hasOwn(target, name)) continue;
    if (typeof value === 'string') target[name] = clean(value);
    else if (typeof value === 'boolean' || Number.isFinite(value)) target[name] = value;
  }
}
