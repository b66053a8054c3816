import '../shared.ts';
import { type FormEvent, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import type { PageConfig, Session } from '../api/types.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { Loading } from '../ui/loading.tsx';
import { leaveForProvider, returnFromProvider } from './pkce.ts';
import { onTabs, tellTabs } from './tabs.ts';

type SignInMode = PageConfig['sign_in'];

/** What the fragment asks for: it never reaches the server. Read once, because it may hold a code. */
const fragment = location.hash.slice(1);
const [, resumes, back = '/app/'] = /^(resume:)?(\/app\/[\w/-]*)$/.exec(fragment) ?? [];
/** Longest wait for an answer, in ms. */
const limit = 30_000;
const unreachable = 'The service cannot be reached. Check the network connection, then try again.';

/** Hands a credential in, once, for the session cookie. The page keeps no copy, and leaves by a full navigation. */
async function handIn(credential: string, to: string): Promise<string | undefined> {
  const response = await fetch('/session', {
    method: 'POST',
    headers: { Authorization: `Bearer ${credential}`, 'Content-Type': 'application/json' },
    body: '{}',
    signal: AbortSignal.timeout(limit),
  }).catch(() => undefined);
  if (response === undefined) return unreachable;
  const answer = (await response.json().catch(() => ({}))) as Partial<Session & { readonly detail: string }>;
  const { tenant, principal, detail } = answer;
  if (response.ok && tenant !== undefined && principal !== undefined) {
    tellTabs({ kind: 'started', tenant, principal });
    location.replace(to);
    return undefined;
  }
  const id = response.headers.get('X-Request-Id');
  const report = id === null ? '' : ` Request ${id}.`;
  if (response.status === 401) return `The service refused it: it is wrong, has expired or was revoked.${report}`;
  return `${detail ?? 'The service failed. Try again.'}${report}`;
}

function SignIn() {
  const [mode, setMode] = useState<SignInMode>();
  const [refusal, setRefusal] = useState<string>();
  useEffect(() => {
    const start = async () => {
      const response = await fetch('/app/config.json', { signal: AbortSignal.timeout(limit) }).catch(() => undefined);
      if (!response?.ok) return setRefusal(unreachable);
      const { sign_in: found } = (await response.json()) as PageConfig;
      if (found.mode === 'oidc') {
        const returned = await returnFromProvider(found);
        if (returned) return setRefusal(await handIn(returned.token, returned.back));
        // The session ended while the page was used: the provider still knows the person, and nothing has to be typed.
        if (resumes) return leaveForProvider(found, back, false);
      } else if (fragment.startsWith('start_')) {
        history.replaceState(null, '', '/app/signin');
        const failed = await handIn(fragment, '/app/try');
        if (failed === undefined) return;
        setRefusal(
          'The link was used already, or is too old. Start the service again for a new one, or enter the key.',
        );
      }
      setMode(found);
    };
    start().catch((error: Error) => setRefusal(error.message));
    // Somebody signed in, in another tab: this one has the session, too.
    return onTabs(({ kind }) => {
      if (kind === 'started') location.replace(back);
    });
  }, []);

  return (
    <main className="signin">
      <h1>Sign in</h1>
      {mode === undefined && refusal === undefined ? <Loading what="the sign-in" /> : null}
      {mode?.mode === 'api-key' ? <KeyForm refusal={refusal} onRefusal={setRefusal} /> : null}
      {mode?.mode !== 'api-key' && refusal !== undefined ? (
        <p className="notice problem" role="alert">
          {refusal}
        </p>
      ) : null}
      {mode?.mode === 'oidc' ? (
        <Button kind="primary" autoFocus onPress={() => void leaveForProvider(mode, back, fragment === 'again')}>
          Sign in with your organisation
        </Button>
      ) : null}
      {mode === undefined && refusal !== undefined ? (
        <Button kind="primary" onPress={() => location.reload()}>
          Try again
        </Button>
      ) : null}
    </main>
  );
}

interface KeyFormProps {
  readonly refusal: string | undefined;
  readonly onRefusal: (text: string | undefined) => void;
}

function KeyForm({ refusal, onRefusal }: KeyFormProps) {
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const key = String(new FormData(event.currentTarget).get('key')).trim();
    event.currentTarget.reset();
    // A header cannot carry them.
    if (!/^[\x21-\x7e]+$/.test(key)) return onRefusal('It has characters that no key has. Copy the key alone, again.');
    onRefusal(await handIn(key, back));
  };
  const hint = (
    <>
      The first start shows the key in the terminal, or saves it in the file <code>first-key</code> of the data folder.
      Another one: <code>npm run keys -- create</code>
    </>
  );
  return (
    <form onSubmit={submit}>
      <Field label="API key" name="key" type="password" autoComplete="off" required hint={hint} error={refusal} />
      <Button kind="primary" type="submit">
        Sign in
      </Button>
    </form>
  );
}

createRoot(document.getElementById('root')!).render(<SignIn />);
