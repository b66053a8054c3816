import type { Policy } from '../core/policy.ts';
import { type Value, walk } from '../core/template.ts';

/** What a secret looks like. Each is specific enough to have no false alarm on ARNs, hashes of assets and patterns. */
const shapes: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  { what: 'an AWS access key', pattern: /\b(AKIA|ASIA)[0-9A-Z]{16}\b/ },
  { what: 'a private key', pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----/ },
  { what: 'a JSON Web Token', pattern: /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]+/ },
  { what: 'a GitHub token', pattern: /\bgh[pousr]_[A-Za-z0-9]{30,}|\bgithub_pat_\w{30,}/ },
  { what: 'a Slack token or hook', pattern: /\bxox[abprs]-[\w-]{10,}|hooks\.slack\.com\/services\/\w+/ },
  { what: 'an API key', pattern: /\b(sk|rk|pk)_(live|test)_\w{16,}|\bsk-[A-Za-z0-9_-]{20,}|\bAIza[\w-]{35}\b/ },
  { what: 'a password in a URL', pattern: /:\/\/[^\s/:@${}]+:[^\s/@${}]+@/ },
];

const secretKey =
  /^(.*(password|passwd|passphrase|secret(string|key|accesskey)?|privatekey|apikey|accesskey|authtoken))$/i;

/** Names that end like a secret but are not secret. */
const harmless = /^(GenerateSecretString|ManageMasterUserPassword|MasterUserSecret|PasswordLength|ExcludePunctuation)$/;

/** Random text: 20 characters or more, of three classes, with the entropy of a generated secret. */
function looksRandom(text: string): boolean {
  if (!/^[A-Za-z0-9+/=_-]{24,}$/.test(text)) return false;
  if (/^[0-9a-f]+$/.test(text) || /^(arn|sha256)/.test(text)) return false;
  const classes = [/[a-z]/, /[A-Z]/, /\d/].filter((pattern) => pattern.test(text)).length;
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  const entropy = [...counts.values()].reduce((sum, n) => sum - (n / text.length) * Math.log2(n / text.length), 0);
  const digits = (text.match(/\d/g) ?? []).length;
  // Names in camel case are words: few changes of class, and digits, if any, at the end.
  const switches = (text.match(/[a-z]\d|\d[A-Za-z]|[A-Z]\d/g) ?? []).length;
  return classes === 3 && entropy > 3.9 && digits >= 2 && switches >= 4;
}

/** Values that only look random: references of CDK, hashes in names of exports, base64 of public certificates. */
const referring = /^(DependsOn|Ref|Fn::GetAtt|Fn::ImportValue|Fn::GetStackOutput|Export|Name)$/;

export const noLiteralSecret: Policy = {
  id: 'no-literal-secret',
  description: 'No secret is in a template: not in a property, an output, a parameter, a description or metadata.',
  *check(assembly) {
    for (const template of assembly.templates) {
      for (const { path, value } of walk(template.body as unknown as Value)) {
        if (typeof value !== 'string' || value.length < 4) continue;
        const keys = path.split('.');
        const [section, id = ''] = keys;
        const at = {
          template: template.name,
          resource: section === 'Resources' ? id : `${section}.${id}`,
          property: keys.slice(section === 'Resources' ? 3 : 2).join('.'),
        };
        const found = shapes.find(({ pattern }) => pattern.test(value));
        if (found !== undefined) yield { ...at, message: `looks like ${found.what}; keep it in Secrets Manager` };
        const key = keys.findLast((part) => !/^\d+$/.test(part)) ?? '';
        const named = secretKey.test(key) && !harmless.test(key) && section === 'Resources' && keys[2] === 'Properties';
        if (named && !value.startsWith('{{resolve:secretsmanager:')) {
          yield { ...at, message: `${key} is set in the clear; keep it in Secrets Manager` };
        }
        const reference =
          keys.some((part) => referring.test(part)) ||
          section === 'Conditions' ||
          keys[2] === 'Metadata' ||
          keys[2] === 'Type';
        if (!reference && found === undefined && looksRandom(value)) {
          yield { ...at, message: 'looks like a generated secret; keep it in Secrets Manager' };
        }
      }
    }
  },
};
