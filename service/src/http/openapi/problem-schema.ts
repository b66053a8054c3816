import * as z from 'zod';
import { problemTypes } from '../problem.ts';

/** The body of every fault. https://www.rfc-editor.org/rfc/rfc9457 */
export const problemSchema = z
  .object({
    type: z.string().meta({
      description: 'URI of the problem type. Later versions may add types.',
      examples: problemTypes(),
    }),
    title: z.string().meta({ description: 'Short summary of the problem type. It does not vary between occurrences.' }),
    status: z.int().min(400).max(599).meta({ description: 'HTTP status code of the response.' }),
    detail: z.string().optional().meta({ description: 'What is wrong. Never repeats what was sent.' }),
    instance: z
      .string()
      .optional()
      .meta({ description: 'Identifies this occurrence. Quote it when you contact the operator.' }),
    errors: z
      .array(
        z.object({
          pointer: z.string().optional().meta({ description: 'JSON pointer to the invalid member of the body.' }),
          parameter: z.string().optional().meta({ description: 'Name of the invalid query parameter.' }),
          detail: z.string().meta({ description: 'What is wrong with this value.' }),
        }),
      )
      .optional()
      .meta({ description: 'All validation errors of the request.' }),
  })
  .meta({ id: 'Problem', description: 'An error, as defined by RFC 9457.' });
