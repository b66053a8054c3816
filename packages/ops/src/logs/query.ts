import { isMetric, type Level, type LogLine, levels } from './line.ts';

/** Which lines are asked for. */
export interface LogQuery {
  readonly requestId?: string;
  readonly auditId?: string;
  /** This level and the more severe ones. */
  readonly level?: Level;
  /** Beginning of the id of a task. */
  readonly task?: string;
  /** Whether lines of metrics are shown, too. */
  readonly metrics: boolean;
}

const from = (level: Level): readonly Level[] => levels.slice(levels.indexOf(level));

/**
 * The filter pattern by which CloudWatch Logs leaves out what is not asked for; undefined is everything. It saves time
 * and decides nothing: `matches` looks again, because not every endpoint heeds patterns.
 */
export function patternOf({ requestId, auditId, level }: LogQuery): string | undefined {
  const same = (field: string, value: string | undefined) => (value === undefined ? [] : [`($.${field} = "${value}")`]);
  const terms = [
    ...same('request_id', requestId),
    ...same('audit_id', auditId),
    ...(level === undefined
      ? []
      : [
          `(${from(level)
            .map((one) => `($.level = "${one}")`)
            .join(' || ')})`,
        ]),
  ];
  return terms.length === 0 ? undefined : `{ ${terms.join(' && ')} }`;
}

export function matches(line: LogLine, { requestId, auditId, level, task, metrics }: LogQuery): boolean {
  const { fields } = line;
  return (
    (requestId === undefined || fields?.request_id === requestId) &&
    (auditId === undefined || fields?.audit_id === auditId) &&
    (level === undefined || from(level).includes(fields?.level as Level)) &&
    (task === undefined || line.task.startsWith(task)) &&
    (metrics || !isMetric(line))
  );
}
