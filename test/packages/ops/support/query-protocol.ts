import type { Input } from './aws-server.ts';

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Elements as they are, for lists whose items have names of their own. */
export class RawXml {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

function xml(value: unknown, item = 'member'): string {
  if (value instanceof RawXml) return value.text;
  if (Array.isArray(value)) return value.map((one) => `<${item}>${xml(one, item)}</${item}>`).join('');
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== 'object' || value === null) return escaped(String(value));
  return Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([name, member]) => `<${name}>${xml(member, item)}</${name}>`)
    .join('');
}

/** https://smithy.io/2.0/aws/protocols/aws-query-protocol.html */
export const queryResult = (action: string, output: unknown): string =>
  `<${action}Response><${action}Result>${xml(output)}</${action}Result><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></${action}Response>`;

export const queryError = (code: string, message: string): string =>
  `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${escaped(message)}</Message></Error><RequestId>r</RequestId></ErrorResponse>`;

/** https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html */
export const ec2Result = (action: string, output: unknown): string =>
  `<${action}Response>${xml(output, 'item')}<requestId>r</requestId></${action}Response>`;

export const ec2Error = (code: string, message: string): string =>
  `<Response><Errors><Error><Code>${code}</Code><Message>${escaped(message)}</Message></Error></Errors><RequestID>r</RequestID></Response>`;

/** `Parameters.member.1.ParameterKey=x` as nested objects and lists. */
export function queryInput(form: URLSearchParams): Input {
  const root: Record<string, unknown> = {};
  for (const [path, value] of form) {
    const keys = path.split('.').filter((key) => key !== 'member');
    let node: Record<string, unknown> = root;
    for (const key of keys.slice(0, -1)) {
      node[key] ??= {};
      node = node[key] as Record<string, unknown>;
    }
    node[keys.at(-1)!] = value;
  }
  return lists(root) as Input;
}

function lists(node: unknown): unknown {
  if (typeof node !== 'object' || node === null) return node;
  const entries = Object.entries(node).map(([key, value]) => [key, lists(value)] as const);
  const isList = entries.length > 0 && entries.every(([key]) => /^\d+$/.test(key));
  return isList ? entries.map(([, value]) => value) : Object.fromEntries(entries);
}
