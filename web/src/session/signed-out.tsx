import { EmptyState } from '../ui/empty-state.tsx';

const reasons: Readonly<Record<string, string>> = {
  '#idle': 'You were signed out, because nobody used the page for a while.',
  '#unconfirmed':
    'The service could not be reached. Your session ends by itself within 15 minutes; close the browser if others use this computer.',
};

/** Where people are who have signed out. It asks the service for nothing. */
export function SignedOut() {
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
