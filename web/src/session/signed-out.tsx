import { useEffect } from 'react';
import { EmptyState } from '../ui/empty-state.tsx';
import { signOut } from './session.tsx';

const reasons: Readonly<Record<string, string>> = {
  '#idle': 'You were signed out, because nobody used the page for a while.',
  '#unconfirmed':
    'The service could not be reached. Your session is still open, and ends by itself within 15 minutes. This page tries again every 5 seconds; stay until it says that the session has ended, or close the browser.',
};

/** Where people are who have signed out. It asks the service for nothing, unless the session could not be ended. */
export function SignedOut() {
  useEffect(() => {
    if (location.hash !== '#unconfirmed') return;
    const timer = setInterval(() => void signOut(), 5_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <main id="content">
      <EmptyState title="Signed out">
        <p>{reasons[location.hash] ?? 'Your session has ended.'}</p>
        {/* A full navigation: the document for signing in has a policy of its own. */}
        <a className="button primary" href="/app/signin#again">
          Sign in
        </a>
      </EmptyState>
    </main>
  );
}
