import { useState } from 'react';
import { Button } from '../ui/button.tsx';

/** A command of the shell, and the way to copy it. */
export function Command({ text }: { readonly text: string }) {
  const [copied, setCopied] = useState<string>();
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setCopied('Copied'),
      () => setCopied('The browser did not allow it. Select the command and copy it.'),
    );
  return (
    <section className="command" aria-label="Command that makes this request">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs a tab stop for the keyboard. */}
      <pre tabIndex={0}>
        <code>{text}</code>
      </pre>
      <Button onPress={() => void copy()}>Copy command</Button>
      <span role="status">{copied}</span>
    </section>
  );
}
