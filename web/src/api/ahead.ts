import { api } from './client.ts';

const sent = new Map<string, Promise<unknown>>();

/** Sends a request before the page that needs its answer is loaded. */
export function sendAhead<T>(path: string): Promise<T> {
  const answer = api.get<T>(path);
  // Reported where it is taken.
  answer.catch(() => undefined);
  sent.set(path, answer);
  return answer;
}

/** The answer to a request that was sent ahead: once, so that a later view asks anew. */
export function sentAhead<T>(path: string): Promise<T> | undefined {
  const answer = sent.get(path) as Promise<T> | undefined;
  sent.delete(path);
  return answer;
}

/** A note with its analysis. One request, because each reading of a note is an event. */
export const noteRequest = (auditId: string): string => `/notes/${auditId}?analysis=true`;
