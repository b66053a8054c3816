import * as z from 'zod';
import { problemTypes } from './problem-types.ts';

/** The body of every fault. https://www.rfc-editor.org/rfc/rfc9457 */
export const problemSchema = z
  .object({
    type: z.string().meta({
      description: 'URI of the kind of problem. A later version may have more kinds.',
      examples: [...problemTypes],
    }),
    title: z.string().meta({ description: 'The kind of problem in a few words; the same every time.' }),
    status: z.int().min(400).max(599).meta({ description: 'The status code of the answer.' }),
    detail: z.string().optional().meta({ description: 'What is wrong. Never repeats what was sent.' }),
    instance: z.string().optional().meta({ description: 'Identifies this occurrence, for a report to the operator.' }),
    errors: z
      .array(
        z.object({
          pointer: z
            .string()
            .optional()
            .meta({ description: 'JSON pointer to the member of the body that is at fault.' }),
          parameter: z.string().optional().meta({ description: 'Or the parameter of the query.' }),
          detail: z.string().meta({ description: 'What is wrong with it.' }),
        }),
      )
      .optional()
      .meta({ description: 'Each fault of a request that was refused.' }),
  })
  .meta({ id: 'Problem', description: 'A fault, as RFC 9457 has it.' });
