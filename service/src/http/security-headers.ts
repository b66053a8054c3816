import type { IncomingMessage, ServerResponse } from 'node:http';
import helmet from 'helmet';

/**
 * The headers of every answer, as name, value, name, value. The policy is helmet's, read once; sent as one flat array
 * they cost half of what setting them one by one does.
 */
export function securityHeaders(): readonly string[] {
  const recorded: string[] = [];
  const recorder = {
    setHeader: (name: string, value: string) => recorded.push(name, value),
    removeHeader: () => {},
  } as unknown as ServerResponse;
  helmet({
    // An API has nothing to load and nothing to frame. /docs, which has, sets its own policy.
    contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
    frameguard: { action: 'deny' },
    strictTransportSecurity: { maxAge: 63_072_000, includeSubDomains: true },
    crossOriginResourcePolicy: { policy: 'same-origin' },
  })({} as IncomingMessage, recorder, (error?: unknown) => {
    if (error) throw error;
  });
  // Every answer of this service may contain a patient's data or reveal that there is some.
  recorded.push('Cache-Control', 'no-store');
  return recorded;
}
