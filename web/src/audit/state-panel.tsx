import { api } from '../api/client.ts';
import type { AuditVerification } from '../api/types.ts';
import { useLoad } from '../api/use-load.ts';
import { Loading } from '../ui/loading.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { Time } from '../ui/time.tsx';
import { ageOf } from './words.ts';

/** Beyond this the trail is behind, in seconds: it is sealed each minute. */
const late = 15 * 60;
/** Beyond this the newest verification is old, in seconds: once a month, and a few days. */
const old = 35 * 86_400;

/** How far the trail is sealed, and whether it was verified. */
export function StatePanel() {
  const { value, problem, reload } = useLoad('verification', (signal) =>
    api.get<AuditVerification>('/audit/verification', { signal }),
  );
  return (
    <section className="trail-state" aria-label="State of the trail">
      {problem ? <ProblemNotice problem={problem} onRetry={reload} /> : null}
      {value ? <State {...value} /> : problem ? null : <Loading what="the state of the trail" />}
    </section>
  );
}

function State({
  sealing,
  waiting_seconds: waiting = 0,
  broken_chains: broken = 0,
  checkpoint,
  published,
  verification,
}: AuditVerification) {
  return (
    <dl>
      <div>
        <dt>Sealing</dt>
        <dd>
          {sealing === 'off' ? (
            <Sign kind="alert" word="Off">
              No signing key is configured. Changes of the trail cannot be found.
            </Sign>
          ) : broken > 0 ? (
            <Sign kind="alert" word="Broken">
              {broken} {broken === 1 ? 'chain has' : 'chains have'} a fault. Run <code>audit verify</code>.
            </Sign>
          ) : waiting > late ? (
            <Sign kind="warn" word="Behind">
              The oldest event waits for {ageOf(waiting)}.
            </Sign>
          ) : (
            <Sign kind="good" word="Up to date">
              {waiting > 0 ? `The oldest unsealed event is ${ageOf(waiting)} old.` : 'Every event is sealed.'}
            </Sign>
          )}
        </dd>
      </div>
      <div>
        <dt>Newest checkpoint</dt>
        <dd>
          {checkpoint ? (
            <>
              Number {checkpoint.number}, <Time at={checkpoint.made_at} />
              <code title="Hash of the checkpoint">{checkpoint.hash.slice(0, 16)}…</code>
            </>
          ) : (
            'None yet'
          )}
        </dd>
      </div>
      <div>
        <dt>Published</dt>
        <dd>
          {published.length === 0
            ? 'Nowhere outside the database'
            : published.map(({ sink, checkpoint: number }) => (
                <span key={sink}>
                  {sink}: to number {number}
                </span>
              ))}
        </dd>
      </div>
      <div>
        <dt>Last verification</dt>
        <dd>
          {verification === undefined ? (
            <Sign kind="warn" word="Never">
              Run <code>npm run ops -- audit verify</code>.
            </Sign>
          ) : verification.outcome === 'failure' ? (
            <Sign kind="alert" word="Failed">
              <Time at={verification.verified_at} />. Run <code>audit verify</code> again: it names the first bad
              record.
            </Sign>
          ) : (
            <Sign
              kind={verification.age_seconds > old ? 'warn' : 'good'}
              word={verification.age_seconds > old ? 'Old' : 'Passed'}
            >
              {ageOf(verification.age_seconds)} ago
              {verification.events === undefined ? null : `, ${verification.events.toLocaleString('en')} events`}
            </Sign>
          )}
        </dd>
      </div>
    </dl>
  );
}

interface SignProps {
  readonly kind: 'good' | 'warn' | 'alert';
  readonly word: string;
  readonly children: React.ReactNode;
}

const Sign = ({ kind, word, children }: SignProps) => (
  <>
    <span className={`tag ${kind}`}>{word}</span> <span>{children}</span>
  </>
);
