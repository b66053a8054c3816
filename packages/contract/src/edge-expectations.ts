/** What the smoke test and the uptime canary both hold an API to: data, so that the canary's script can carry it. */
export const expectations = {
  /** Days before its end at which a certificate counts as a fault: ACM renews 60 days ahead. */
  certificateDays: 20,

  /** TLS versions that may be negotiated, as Node names them. */
  tlsVersions: ['TLSv1.2', 'TLSv1.3'],

  /** Headers that every answer has, each once, with the pattern that its value matches. */
  headers: {
    'strict-transport-security': '^max-age=(?:[3-9]\\d{7}|\\d{9,})',
    'x-content-type-options': '^nosniff$',
    'x-frame-options': '^DENY$',
    'content-security-policy': "default-src 'none'",
    'referrer-policy': '^no-referrer$',
    'cache-control': 'no-store',
    'x-request-id': '^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$',
  },
} as const;
