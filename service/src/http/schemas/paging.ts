import * as z from 'zod';

/** How many results a page has. */
export const pageLimit = z.int('must be a whole number').min(1, 'must be at least 1').max(200, 'must be at most 200');
export const pageCursor = z
  .string('must be a string')
  .max(400, 'must be a cursor returned with a previous page')
  .meta({ description: '`next_cursor` of the previous page, with the same criteria.' });
