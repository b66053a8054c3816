/** What a query of Logs Insights asks for: the fields that it reads, and the values that it compares them with. */
export interface InsightsQuery {
  readonly fields: readonly string[];
  readonly values: readonly string[];
  /** Texts that a line has to hold, and globs that it is parsed by. */
  readonly texts: readonly string[];
}

const commands = ['fields', 'filter', 'sort', 'stats', 'limit', 'parse', 'display'];
const words = ['in', 'not', 'and', 'or', 'by', 'as', 'desc', 'asc', 'like'];
const functions = [
  'sum',
  'coalesce',
  'count',
  'count_distinct',
  'ispresent',
  'earliest',
  'latest',
  'min',
  'max',
  'bin',
];

/**
 * Reads a query as far as the saved ones go.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html
 *
 * @throws Error for a command or a function that it does not know
 */
export function insightsQuery(query: string): InsightsQuery {
  const texts = [...query.matchAll(/'([^']*)'/g)].map(([, text]) => text!);
  const bare = query.replaceAll(/'[^']*'/g, '');
  const values = [...bare.matchAll(/"([^"]*)"/g)].map(([, text]) => text!);
  const code = bare.replaceAll(/"[^"]*"/g, '');
  for (const line of code.split('|').map((part) => part.trim())) {
    const command = /^\w+/.exec(line)?.[0] ?? '';
    if (!commands.includes(command)) throw new Error(`this reader knows no command ${command}`);
  }
  for (const [, name] of code.matchAll(/(\w+)\(/g)) {
    if (!functions.includes(name!)) throw new Error(`this reader knows no function ${name}`);
  }
  const own = [...code.matchAll(/ as (\w+)/g)].map(([, name]) => name!);
  const known = new Set([...commands, ...words, ...functions, ...own]);
  const fields = [...code.matchAll(/@?[a-z_][\w.]*/gi)]
    .map(([name]) => name)
    .filter((name) => !known.has(name) && !name.startsWith('@'));
  // The unit in `bin(1h)`.
  return { fields: [...new Set(fields)].filter((name) => !/^[smhd]$/.test(name)), values, texts };
}
