import { type FormEvent, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';

/** Hands an API key in once, for the session cookie. The page keeps no copy. */
function SignIn() {
  const [refusal, setRefusal] = useState<string>();
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const key = String(new FormData(event.currentTarget).get('key')).trim();
    event.currentTarget.reset();
    const response = await fetch('/session', {
      method: 'POST',
      headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
      body: '{}',
    }).catch(() => undefined);
    if (response?.ok) location.replace(location.hash.startsWith('#/app/') ? location.hash.slice(1) : '/app/');
    else setRefusal(response === undefined ? 'The service cannot be reached.' : 'The service refused the key.');
  };
  return (
    <main className="signin">
      <h1>Sign in</h1>
      <form onSubmit={submit}>
        <Field label="API key" name="key" type="password" autoComplete="off" required error={refusal} />
        <Button kind="primary" type="submit">
          Sign in
        </Button>
      </form>
    </main>
  );
}

createRoot(document.getElementById('root')!).render(<SignIn />);
