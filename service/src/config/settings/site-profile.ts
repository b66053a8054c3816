import { locales, phiCategories } from '@healthcare-ai/clinical-text/engine';
import type { SiteProfile } from '@healthcare-ai/clinical-text/phi/site-profile';
import * as z from 'zod';

/** Names of a roster: beyond this its index costs more memory than an analysis thread has. */
const mostStaff = 50_000;
const mostWords = 10_000;
const longest = 200;

const text = z.string().trim().min(1).max(longest);
const words = z.array(text).max(mostWords);
const names = z.array(text).max(10);

const profile = z.strictObject({
  locale: z.enum(locales).optional(),
  staff: z
    .array(
      z.strictObject({
        given: names.optional(),
        family: text.optional(),
        also: names.optional(),
        former: names.optional(),
      }),
    )
    .max(mostStaff)
    .optional(),
  institutions: words.optional(),
  wards: words.optional(),
  numbers: z
    .array(
      z.strictObject({
        category: z.enum(phiCategories),
        // At least two digits or letters: a form such as "9" would replace every figure.
        form: z
          .string()
          .max(40)
          .regex(/^\S(?:.*\S)?$/)
          .regex(/[9A].*[9A]/),
      }),
    )
    .max(100)
    .optional(),
  keep: words.optional(),
  remove: words.optional(),
});

/** `SITE_PROFILE`: JSON. A fault is named by its place, never by the words at it. */
export const siteProfile = z.string().transform((json, context): SiteProfile => {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    context.addIssue({ code: 'custom', message: 'must be JSON' });
    return z.NEVER;
  }
  const result = profile.safeParse(parsed);
  if (result.success) return result.data;
  for (const { code, path } of result.error.issues.slice(0, 5)) {
    const fault = code === 'unrecognized_keys' ? 'has a member that is not known' : 'is not valid';
    context.addIssue({ code: 'custom', message: `${fault} at /${path.map(String).join('/')}` });
  }
  return z.NEVER;
});
