import { Component, type ReactNode, useEffect, useRef, useState } from 'react';
import type { Session } from './api/types.ts';
import { matchPath } from './match-path.ts';
import { Link, navigate, usePath } from './router.tsx';
import { loadedPage, loadPage, type PageProps, type PageRoute, routes } from './routes.ts';
import { IdleGuard } from './session/idle-guard.tsx';
import { SessionContext, signOut, useSessionLoad } from './session/session.tsx';
import { Button } from './ui/button.tsx';
import { EmptyState } from './ui/empty-state.tsx';
import { Loading } from './ui/loading.tsx';
import { ProblemNotice } from './ui/problem-notice.tsx';

const name = 'Clinical notes';

/** Frame of every page: navigation, who is signed in, and the page itself. */
export function Shell() {
  const { me, problem, reload } = useSessionLoad();
  return (
    <>
      <a className="skip-link" href="#content">
        Skip to content
      </a>
      <header className="top-bar">
        <Link className="product" href="/app/">
          {name}
        </Link>
        {me === undefined ? null : <Navigation me={me} />}
      </header>
      <main id="content" tabIndex={-1}>
        {problem ? <ProblemNotice problem={problem} onRetry={reload} /> : null}
        {me === undefined ? (
          problem ? null : (
            <Loading what="your session" />
          )
        ) : (
          <SessionContext value={me}>
            <Page me={me} />
            <IdleGuard me={me} />
          </SessionContext>
        )}
      </main>
    </>
  );
}

const mayOpen = (me: Session, { permission }: PageRoute) => me.permissions.includes(permission);

function Navigation({ me }: { readonly me: Session }) {
  const path = usePath();
  return (
    <>
      <nav aria-label="Pages">
        {routes
          .filter((route) => route.navigation !== undefined && mayOpen(me, route))
          .map((route) => (
            <Link
              key={route.path}
              href={route.path === '/app' ? '/app/' : route.path}
              aria-current={matchPath(route.path, path) ? 'page' : undefined}
            >
              {route.navigation}
            </Link>
          ))}
      </nav>
      <div className="who">
        <span className="who-name" title={`${me.principal}, ${me.roles.join(', ')}`}>
          {me.principal}
        </span>
        <Button kind="quiet" onPress={() => void signOut()}>
          Sign out
        </Button>
      </div>
    </>
  );
}

/** The page of the address. People without a work list start at the first page that they may open. */
function Page({ me }: { readonly me: Session }) {
  const path = usePath();
  const found = routes.find((route) => matchPath(route.path, path) !== undefined);
  const home = routes.find((route) => route.navigation !== undefined && mayOpen(me, route));
  const elsewhere = found?.path === '/app' && !mayOpen(me, found) ? home : undefined;
  useTitle(elsewhere ? undefined : (found?.title ?? 'Not found'), path);
  useEffect(() => {
    if (elsewhere !== undefined) navigate(elsewhere.path, 'replace');
  }, [elsewhere]);

  if (elsewhere !== undefined) return null;
  if (found === undefined) {
    return (
      <EmptyState title="There is no page at this address">
        <Link href="/app/">Go to the start page</Link>
      </EmptyState>
    );
  }
  if (!mayOpen(me, found)) {
    return (
      <EmptyState title="Your roles do not include this page">
        Ask your administrator for the permission <code>{found.permission}</code>, then sign in again.
      </EmptyState>
    );
  }
  return (
    <ErrorBoundary key={path}>
      <Content route={found} params={matchPath(found.path, path)!} />
    </ErrorBoundary>
  );
}

/** Not `lazy` and `Suspense`: once React has shown that a page loads, it keeps the page back for 300 ms. */
function Content({ route, params }: PageProps & { readonly route: PageRoute }) {
  const [loading, setLoading] = useState<'loading' | 'loaded' | 'failed'>('loading');
  const Loaded = loadedPage(route);
  useEffect(() => {
    if (Loaded !== undefined) return;
    loadPage(route).then(
      () => setLoading('loaded'),
      () => setLoading('failed'),
    );
  }, [route, Loaded]);
  if (Loaded !== undefined) return <Loaded params={params} />;
  return loading === 'failed' ? <PageFailed isLoaded={false} /> : <Loading what={route.title} />;
}

/** Sets the title of the document. After a navigation, moves the focus to the content, as loading a page would. */
function useTitle(title: string | undefined, path: string): void {
  const first = useRef(path);
  useEffect(() => {
    if (title !== undefined) document.title = `${title} – ${name}`;
    if (first.current === path) return;
    first.current = path;
    document.getElementById('content')?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }, [title, path]);
}

/** Shows a fault of the page itself. The message is not shown: it could hold words of a note. */
class ErrorBoundary extends Component<{ readonly children: ReactNode }, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? <PageFailed isLoaded /> : this.props.children;
  }
}

function PageFailed({ isLoaded }: { readonly isLoaded: boolean }) {
  const [at] = useState(() => new Date().toISOString());
  return (
    <EmptyState title={isLoaded ? 'This page failed' : 'This page did not load'}>
      {isLoaded ? (
        <p>
          Reload it. If it fails again, report the time <code>{at}</code> and what you did.
        </p>
      ) : (
        <p>Check the network connection, then reload.</p>
      )}
      <Button kind="primary" onPress={() => location.reload()}>
        Reload
      </Button>
    </EmptyState>
  );
}
