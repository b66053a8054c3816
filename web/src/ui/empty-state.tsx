import type { ReactNode } from 'react';

export interface EmptyStateProps {
  readonly title: string;
  /** What to do next. */
  readonly children: ReactNode;
}

/** Says why there is nothing to show, and what to do next. */
export function EmptyState({ title, children }: EmptyStateProps) {
  return (
    <section className="empty-state">
      <h1>{title}</h1>
      <div>{children}</div>
    </section>
  );
}
