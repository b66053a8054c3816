import { lazy, type ReactNode, Suspense } from 'react';

export interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

const Frame = lazy(() => import('./modal.tsx').catch(() => ({ default: InPage })));

/** A modal dialog: keeps the focus inside, closes with Escape, and gives the focus back. */
export const Dialog = (props: DialogProps) => (
  <Suspense>
    <Frame {...props} />
  </Suspense>
);

/** The same in the page, where the code of dialogs cannot be loaded: a warning or an emergency must not wait for it. */
const InPage = ({ title, children }: DialogProps) => (
  <section className="notice warning" role="alertdialog" aria-label={title} tabIndex={-1} ref={focus}>
    <h2>{title}</h2>
    {children}
  </section>
);

const focus = (element: HTMLElement | null) => element?.focus();
