type Pattern = { readonly [key: string]: readonly unknown[] | Pattern };

function matchesOne(value: unknown, wanted: unknown): boolean {
  if (typeof wanted !== 'object' || wanted === null) return value === wanted;
  const [[name, argument]] = Object.entries(wanted) as [[string, unknown]];
  if (name === 'wildcard') {
    const text = String(argument)
      .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*');
    return new RegExp(`^${text}$`).test(String(value));
  }
  if (name === 'numeric') {
    const [operator, bound] = argument as [string, number];
    if (operator === '>=') return Number(value) >= bound;
  }
  throw new Error(`this matcher knows no ${JSON.stringify(wanted)}`);
}

/**
 * Whether an event matches a pattern of EventBridge, as far as the rules here use them.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
 *
 * @throws Error for an operator that it does not know
 */
export function matchesEvent(pattern: Pattern, event: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(pattern).every(([key, wanted]) => {
    const value = event[key];
    if (!Array.isArray(wanted)) return matchesEvent(wanted as Pattern, (value ?? {}) as Record<string, unknown>);
    const values = Array.isArray(value) ? value : [value];
    return wanted.some((one) => values.some((item) => matchesOne(item, one)));
  });
}
