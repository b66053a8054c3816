import * as z from 'zod';

/** An id that a client sends: in any letter case (RFC 9562, 4), and in lower case from here on. */
export const uuid = z.uuid('must be a UUID').toLowerCase();
