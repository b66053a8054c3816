import { contract } from '@healthcare-ai/contract';
import { Distribution } from './distribution.ts';
import { type EmfSeries, type EmfUnit, processSeries } from './emf-series.ts';
import type { MetricsSink } from './metrics-sink.ts';

export interface EmfProps {
  /** CloudWatch namespace. */
  readonly namespace: string;

  /** The one set of dimensions, by name (`Service`, `Stage`). Every further value is a further metric to pay for. */
  readonly dimensions: Readonly<Record<string, string>>;

  /** Takes one line, without its newline: to standard output, past the logger, whose allow-list knows no metrics. */
  readonly write: (line: string) => void;

  /**
   * Series of other parts of the service.
   *
   * @default - none
   */
  readonly series?: readonly EmfSeries[];

  /**
   * Seconds between two lines. CloudWatch keeps one-minute data points.
   *
   * @default 60
   */
  readonly interval?: number;
}

export interface Emf extends MetricsSink {
  /** Every series of the line. */
  readonly series: readonly EmfSeries[];

  /** Writes a line an interval from now on. The timer keeps no process alive. */
  start(): void;

  /** Writes what has gathered since the last line, and ends the timer. */
  stop(): void;
}

/** Probes would outnumber the requests of a quiet stage and hide its latency; a drain's 503 is no server error. */
const PROBES: ReadonlySet<string> = new Set([contract.paths.health, contract.paths.live, contract.paths.ready]);

/** CloudWatch's limit of metrics in one directive. */
const MAX_SERIES = 100;

/**
 * Reports to CloudWatch in the Embedded Metric Format: one JSON line a minute on standard output, from which
 * CloudWatch Logs takes the metrics. Counters are the increase since the last line.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 *
 * @throws Error when two series have one name, or there are more than CloudWatch takes
 */
export function createEmf(props: EmfProps): Emf {
  const own: EmfSeries[] = [];
  const define = (name: string, unit: EmfUnit, help: string, take: EmfSeries['take']) =>
    own.push({ name, unit, help, take });

  const counter = (name: string, help: string) => {
    let value = 0;
    define(name, 'Count', help, () => {
      const taken = value;
      value = 0;
      return taken;
    });
    return (by: number) => {
      value += by;
    };
  };
  const distribution = (name: string, help: string) => {
    const gathered = new Distribution();
    define(name, 'Seconds', help, () => gathered.take());
    return (seconds: number) => gathered.add(seconds);
  };

  const acknowledged = counter('NotesAcknowledged', 'Notes that were committed and acknowledged.');
  const failed = counter('IngestFailures', 'Notes that were not taken, for any reason.');
  const refused = counter('AuthenticationFailures', 'Credentials that were refused.');
  const requests = counter('HttpRequests', 'Requests answered, health probes left out.');
  const serverErrors = counter('HttpServerErrors', 'Requests answered 5xx, health probes left out.');
  const clientErrors = counter('HttpClientErrors', 'Requests answered 4xx, health probes left out.');
  const requestDuration = distribution('HttpRequestDuration', 'Duration of requests, health probes left out.');
  const commitDuration = distribution('CommitDuration', 'Duration of one group transaction.');
  const events = counter('AuditEvents', 'Audit events made durable.');
  const limited = counter('RateLimited', 'Requests answered 429 by a limit.');

  let depth = 0;
  let deepest = 0;
  define('QueueDepth', 'Count', 'Notes and audit events that waited for a lane: the most in the minute.', () => {
    const taken = deepest;
    deepest = depth;
    return taken;
  });
  let up: number | undefined;
  define('DatabaseUp', 'None', '1 when the last look at the database succeeded, 0 when it failed.', () => up);

  const analysesDone = counter('AnalysesDone', 'Analyses made, those with doubts included.');
  const analysesFailed = counter('AnalysesFailed', 'Attempts at an analysis that failed, the last ones included.');
  let oldestAnalysis: number | undefined;
  define('AnalysisQueueAge', 'Seconds', 'For how long the oldest analysis has been due.', () => oldestAnalysis);
  let deadAnalyses: number | undefined;
  define('AnalysesDead', 'Count', 'Analyses that were given up and not asked for again.', () => deadAnalyses);

  const checkpoints = counter('AuditCheckpoints', 'Signed checkpoints made.');
  const sealRefusals = counter(
    'AuditSealRefusals',
    'Checkpoints that were not made for want of the right key or trail.',
  );
  const sinkFailures = counter('AuditSinkFailures', 'Attempts to publish the audit trail that failed.');
  // Each value is told once: when nobody measures any more, the alarm must hear the silence.
  let lag: number | undefined;
  define(
    'AuditPublisherLagSeconds',
    'Seconds',
    'Age of the oldest audit event that is not sealed and published to every sink, 0 where there is none.',
    () => {
      const taken = lag;
      lag = undefined;
      return taken;
    },
  );
  let broken: number | undefined;
  define('AuditBrokenChains', 'Count', 'Audit chains in which a fault was found.', () => broken);

  const ofProcess = processSeries();
  const series = [...own, ...ofProcess.series, ...(props.series ?? [])];
  checkSeries(series, Object.keys(props.dimensions));

  const writeLine = () => props.write(emfLine(props.namespace, props.dimensions, series, Date.now()));
  let timer: NodeJS.Timeout | undefined;

  return {
    series,
    start() {
      timer ??= setInterval(writeLine, (props.interval ?? 60) * 1000).unref();
    },
    stop() {
      clearInterval(timer);
      timer = undefined;
      writeLine();
      ofProcess.close();
    },
    httpRequest(_method, route, status, seconds) {
      if (PROBES.has(route)) return;
      requests(1);
      if (status >= 500) serverErrors(1);
      else if (status >= 400) clientErrors(1);
      requestDuration(seconds);
    },
    noteAcknowledged: acknowledged,
    ingestFailed: () => failed(1),
    commitGroup: (_kind, _size, seconds) => commitDuration(seconds),
    queueDepth(now) {
      depth = now;
      if (now > deepest) deepest = now;
    },
    auditEvents: events,
    checkpointMade: () => checkpoints(1),
    sealRefused: () => sealRefusals(1),
    auditPublished() {},
    auditSinkFailed: () => sinkFailures(1),
    auditLag(seconds, brokenChains) {
      lag = seconds;
      broken = brokenChains;
    },
    authenticationFailed: () => refused(1),
    rateLimited: () => limited(1),
    databaseUp(now) {
      up = now ? 1 : 0;
    },
    poolConnections() {},
    analysisFinished(outcome) {
      if (outcome === 'done' || outcome === 'needs_review') analysesDone(1);
      else if (outcome !== 'lost') analysesFailed(1);
    },
    analysisQueue(_depth, dead, oldestSeconds) {
      oldestAnalysis = oldestSeconds;
      deadAnalyses = dead;
    },
    modelCall() {},
    modelUsed() {},
  };
}

function checkSeries(series: readonly EmfSeries[], dimensions: readonly string[]): void {
  const names = [...series.map(({ name }) => name), ...dimensions];
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`Two EMF members are named ${twice}: rename one.`);
  if (series.length > MAX_SERIES)
    throw new Error(`${series.length} EMF series: CloudWatch takes ${MAX_SERIES} a line.`);
}

function emfLine(
  namespace: string,
  dimensions: Readonly<Record<string, string>>,
  series: readonly EmfSeries[],
  timestamp: number,
): string {
  const taken = series.map((one) => ({ ...one, value: one.take() })).filter(({ value }) => value !== undefined);
  return JSON.stringify({
    _aws: {
      Timestamp: timestamp,
      CloudWatchMetrics: [
        {
          Namespace: namespace,
          Dimensions: [Object.keys(dimensions)],
          Metrics: taken.map(({ name, unit }) => ({ Name: name, Unit: unit })),
        },
      ],
    },
    event: 'metrics',
    ...dimensions,
    ...Object.fromEntries(taken.map(({ name, value }) => [name, value])),
  });
}
