import { z } from 'zod';

const schema = z.array(
  z.object({
    key_id: z.string(),
    tenant: z.string(),
    principal: z.string(),
    roles: z.array(z.string()),
    care_teams: z.array(z.string()).default([]),
    created_at: z.string(),
    expires_at: z.string().optional(),
    revoked_at: z.string().optional(),
  }),
);

/** A key as `keys list --json` of the image writes it. */
export type ListedKey = z.output<typeof schema>[number];

/** The list in what a task wrote; undefined while it is incomplete. Anything may precede it. */
export function listIn(lines: readonly string[]): ListedKey[] | undefined {
  const start = lines.findLastIndex((line) => line === '[' || line === '[]');
  if (start < 0) return undefined;
  try {
    return schema.parse(JSON.parse(lines.slice(start).join('\n')));
  } catch {
    return undefined;
  }
}

export function stateOf({ revoked_at, expires_at }: ListedKey, now: number): 'revoked' | 'expired' | 'active' {
  if (revoked_at !== undefined) return 'revoked';
  return expires_at !== undefined && Date.parse(expires_at) <= now ? 'expired' : 'active';
}
