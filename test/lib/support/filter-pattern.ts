/** A parsed filter pattern: whether an event matches. */
export type Matcher = (event: unknown) => boolean;

const tokenPattern =
  /\s*(\{|\}|\(|\)|&&|\|\||!=|<=|>=|=|<|>|"(?:[^"\\]|\\.)*"|\$[\w.[\]]+|NOT EXISTS|EXISTS|IS|[\w.*-]+)/y;

function tokens(pattern: string): string[] {
  const found: string[] = [];
  tokenPattern.lastIndex = 0;
  while (tokenPattern.lastIndex < pattern.trimEnd().length) {
    const at = tokenPattern.lastIndex;
    const match = tokenPattern.exec(pattern);
    if (match === null) throw new Error(`not a filter pattern at ${pattern.slice(at, at + 20)}`);
    found.push(match[1]!);
  }
  return found;
}

function valueAt(event: unknown, selector: string): unknown {
  return selector
    .slice(2)
    .split('.')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined | null)?.[key], event);
}

/** `*` stands for any text, at either end or both; comparison is by case, as in CloudWatch. */
function matchesText(value: unknown, wanted: string): boolean {
  const escaped = wanted.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  return new RegExp(`^${escaped}$`, 's').test(String(value));
}

/**
 * CloudWatch's filter pattern for JSON events, as far as metric filters here use it.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 *
 * A comparison with a field that the event does not have is false, `!=` included.
 *
 * @throws Error for a pattern that CloudWatch would refuse, or that this parser does not know
 */
export function filterPattern(pattern: string): Matcher {
  const rest = tokens(pattern);
  const take = (wanted?: string): string => {
    const token = rest.shift();
    if (token === undefined || (wanted !== undefined && token !== wanted)) {
      throw new Error(`expected ${wanted ?? 'more'}, got ${token ?? 'the end'} in ${pattern}`);
    }
    return token;
  };

  const either = (): Matcher => {
    const parts = [both()];
    while (rest[0] === '||') {
      take();
      parts.push(both());
    }
    return (event) => parts.some((part) => part(event));
  };
  const both = (): Matcher => {
    const parts = [single()];
    while (rest[0] === '&&') {
      take();
      parts.push(single());
    }
    return (event) => parts.every((part) => part(event));
  };
  const single = (): Matcher => {
    if (rest[0] === '(') {
      take('(');
      const inner = either();
      take(')');
      return inner;
    }
    const selector = take();
    if (!selector.startsWith('$.')) throw new Error(`expected a selector, got ${selector}`);
    const operator = take();
    if (operator === 'EXISTS') return (event) => valueAt(event, selector) !== undefined;
    if (operator === 'NOT EXISTS') return (event) => valueAt(event, selector) === undefined;
    if (operator !== '=' && operator !== '!=') throw new Error(`this parser knows no operator ${operator}`);
    const raw = take();
    const wanted = raw.startsWith('"') ? (JSON.parse(raw) as string) : raw;
    return (event) => {
      const value = valueAt(event, selector);
      return value !== undefined && matchesText(value, wanted) === (operator === '=');
    };
  };

  take('{');
  const matcher = either();
  take('}');
  if (rest.length > 0) throw new Error(`more than one pattern: ${rest.join(' ')}`);
  return matcher;
}
