import { describeFault } from './fault.ts';
import type { TrailReport } from './report.ts';

/** Ranges of unproven events that are listed; the rest is counted. */
const listed = 20;

/** A verification for people. */
export function describeReport(report: TrailReport): string {
  const { ok, fault, origin, begins, trusted, checkpoints, events, chains, duplicates, unproven, notes } = report;
  const lines: (readonly [string, string])[] = [
    ['trail', origin ?? 'unknown'],
    [
      'trusted',
      trusted ? `checkpoint ${trusted.number} of ${trusted.madeAt}, signed by key ${trusted.keyId}` : 'nothing',
    ],
    [
      'proven',
      `${count(events, 'event')} of ${count(chains, 'chain')} under ${count(checkpoints, 'checkpoint')}` +
        (begins !== undefined && begins > 1 ? `, from checkpoint ${begins} on` : ''),
    ],
    ['unproven', `${count(unproven.events, 'event')} that no checkpoint covers yet`],
    ...unproven.ranges.slice(0, listed).map(({ chain, from, to }) => ['', `chain ${chain}: ${from} to ${to}`] as const),
    ...(unproven.ranges.length > listed ? [['', `and ${unproven.ranges.length - listed} chains more`] as const] : []),
    ...(duplicates > 0 ? [['repeated', count(duplicates, 'line')] as const] : []),
    ...notes.map((note) => ['note', note] as const),
  ];
  const body = lines.map(([name, text]) => `  ${name.padEnd(9)} ${text}`);
  const verdict = ok ? 'The trail is whole.' : `The trail is BROKEN: ${fault ? describeFault(fault) : 'no reason'}`;
  const next = ok && trusted ? [`To hold it to this state later: --trusted ${trusted.number}:${trusted.hash}`] : [];
  return [verdict, ...body, ...next].join('\n');
}

const count = (number: number, noun: string): string =>
  `${number.toLocaleString('en-US')} ${noun}${number === 1 ? '' : 's'}`;
