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

/** Printable ASCII that JSON writes as it is. */
const PLAIN = /^[ !#-[\]-~]*$/;

/** One line and bounded: a value can neither start a second log record nor flood the log. */
function clean(text: string): string {
  const cut = text.length > maxFieldLength ? text.slice(0, maxFieldLength).toWellFormed() : text;
  return cut.replace(CONTROL, '');
}

/**
 * Names the fields that the allow-list admits and drops the rest: unknown names, values of another type, numbers that
 * JSON cannot write, names that are taken. Types alone cannot promise this, since an object may carry more than its type
 * says.
 */
function admit(
  fields: LogFields,
  isTaken: (name: string) => boolean,
  take: (name: string, value: string | number | boolean) => void,
): void {
  for (const name of Object.keys(fields) as FieldName[]) {
    const value = fields[name];
    if (value === undefined) continue;
    const type = Object.hasOwn(logFieldTypes, name) ? logFieldTypes[name] : undefined;
    if (type === undefined || typeof value !== type || isTaken(name)) continue;
    if (typeof value !== 'number' || Number.isFinite(value)) take(name, value);
  }
}

/** Copies onto `target` the fields that are allowed and that it does not have. */
export function addAllowedFields(target: Record<string, unknown>, fields: LogFields): void {
  admit(
    fields,
    (name) => Object.hasOwn(target, name),
    (name, value) => {
      target[name] = typeof value === 'string' ? clean(value) : value;
    },
  );
}

/**
 * The same as members of a JSON object, each after a comma. Most values need no escape, and to look for that takes half
 * of the time of building an object for `JSON.stringify`: there is a line for each request.
 *
 * @param taken names of the members before them
 */
export function allowedMembers(taken: ReadonlySet<string>, fields: LogFields): string {
  let text = '';
  admit(
    fields,
    (name) => taken.has(name),
    (name, value) => {
      text += `,"${name}":`;
      if (typeof value !== 'string') text += String(value);
      else if (value.length <= maxFieldLength && PLAIN.test(value)) text += `"${value}"`;
      else text += JSON.stringify(clean(value));
    },
  );
  return text;
}
