import { contract } from '@healthcare-ai/contract';
import { integer, rateLimit } from './values.ts';

/** What a client may send, and how often. */
export const limitSettings = {
  MAX_NOTE_LENGTH: integer(1, 1_000_000)
    .default(contract.maxNoteLength)
    .meta({ description: 'Maximum length of `note_text`, in Unicode code points.' }),
  RATE_LIMIT: rateLimit.default({ count: 600, seconds: 60 }).meta({
    description: 'Requests allowed for each principal and process: `600/minute`, `5/minute` or `off`.',
    shown: '`600/minute`',
  }),
  FAILED_AUTH_RATE_LIMIT: rateLimit
    .default({ count: 30, seconds: 60 })
    .meta({ description: 'Failed authentications allowed for each address and process.', shown: '`30/minute`' }),
  BREAK_GLASS_MINUTES: integer(1, 1_440).default(60).meta({
    description: 'Duration of an emergency access to notes of other care teams, in minutes; see docs/break-glass.md.',
  }),
  BREAK_GLASS_RATE_LIMIT: rateLimit.default({ count: 20, seconds: 3600 }).meta({
    description: 'Emergency accesses allowed for each principal and process.',
    shown: '`20/hour`',
  }),
};
