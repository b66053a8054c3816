/** What a tab says to the others of the same browser: one cookie, so one session and one person. */
export type SessionChange =
  | { readonly kind: 'started'; readonly tenant: string; readonly principal: string }
  /** `to` is the address that says why. */
  | { readonly kind: 'ended'; readonly to: string };

// One channel for both directions: it does not hear itself.
const channel = new BroadcastChannel('healthcare-ai:session');

export const tellTabs = (change: SessionChange): void => channel.postMessage(change);

/** @returns what stops listening */
export function onTabs(listener: (change: SessionChange) => void): () => void {
  const hear = ({ data }: MessageEvent<SessionChange>) => listener(data);
  channel.addEventListener('message', hear);
  return () => channel.removeEventListener('message', hear);
}
