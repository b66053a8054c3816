/**
 * The value of a CloudWatch metric math expression for one period, as far as the alarms here use it.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 *
 * @param values by id of the query; an absent one is missing data, which FILL replaces
 * @throws Error for a function that this evaluator does not know
 */
export function metricMath(expression: string, values: Readonly<Record<string, number | undefined>>): number {
  const functions = {
    FILL: (value: number | undefined, other: number) => value ?? other,
    IF: (condition: boolean, yes: number, no: number) => (condition ? yes : no),
    MAX: (list: readonly number[]) => Math.max(...list),
  };
  const ids = [...new Set(expression.match(/\b[er]\d+\b/g))];
  const names = [...Object.keys(functions), ...ids];
  const evaluate = new Function(...names, `return ${expression};`) as (...given: unknown[]) => number;
  return evaluate(...Object.values(functions), ...ids.map((id) => values[id]));
}
