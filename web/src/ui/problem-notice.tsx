import type { ReactNode } from 'react';
import type { Problem } from '../api/client.ts';
import { Button } from './button.tsx';

export interface ProblemNoticeProps {
  readonly problem: Problem;
  readonly onRetry?: () => void;
  readonly children?: ReactNode;
}

/** What happened, what to do, and the request id that the operators search their logs for. */
export function ProblemNotice({ problem, onRetry, children }: ProblemNoticeProps) {
  return (
    <section className="notice problem" role="alert">
      <h2>{problem.title}</h2>
      <p>
        {problem.errors.length > 0 ? null : problem.message} {nextStep(problem)}
      </p>
      {problem.errors.length > 0 ? (
        <ul>
          {problem.errors.map(({ pointer, parameter, detail }) => (
            <li key={`${pointer ?? parameter} ${detail}`}>
              {(pointer ?? parameter ?? '').replace(/^\//, '').replaceAll('_', ' ')} {detail}
            </li>
          ))}
        </ul>
      ) : null}
      {children}
      <p className="notice-foot">
        {onRetry && canPass(problem) ? <Button onPress={onRetry}>Try again</Button> : null}
        {problem.requestId ? (
          <span>
            Request <code>{problem.requestId}</code>
          </span>
        ) : null}
      </p>
    </section>
  );
}

/** False for a refusal that the same request meets again. */
const canPass = ({ status }: Problem): boolean => status < 400 || status >= 500 || status === 408 || status === 429;

function nextStep({ status, retryAfter, requestId }: Problem): string {
  if (retryAfter !== undefined) return `Try again in ${retryAfter} ${retryAfter === 1 ? 'second' : 'seconds'}.`;
  if (status >= 500) {
    return `Try again. If it fails again, ${requestId ? 'report the request below' : 'tell your administrator'}.`;
  }
  return '';
}
