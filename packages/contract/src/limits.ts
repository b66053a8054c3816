/** Requests a second and burst that the edge allows an address; the limit of a principal, `RATE_LIMIT`, is a setting of the service. */
export const edgeRateLimit = { perSecond: 10, burst: 20 } as const;

/** What `MAX_NOTE_LENGTH` defaults to, in Unicode code points. */
export const maxNoteLength = 10_000;

/** The largest body of a note of `maxNoteLength` code points: each may be an escaped surrogate pair of 12 bytes. */
export const maxBodyBytes = (maxNoteLength: number): number => 12 * maxNoteLength + 4096;
