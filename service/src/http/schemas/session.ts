import * as z from 'zod';
import { type Permission, permissions, roles } from '../../identity/roles.ts';

const everyPermission = [...new Set(Object.values(permissions).flat())] as [Permission, ...Permission[]];

/** Answer of `POST /session` and `GET /app/api/me`: who is signed in, what they may do, and until when. */
export const sessionResponse = z
  .object({
    principal: z.string(),
    tenant: z.string(),
    roles: z.array(z.enum(roles)),
    permissions: z.array(z.enum(everyPermission)),
    care_teams: z.array(z.string()),
    expires_at: z.iso.datetime(),
    idle_seconds: z.int(),
  })
  .meta({ id: 'Session' });

const signIn = z.discriminatedUnion('mode', [
  z.object({ mode: z.literal('api-key') }),
  z.object({
    mode: z.literal('oidc'),
    authorization_endpoint: z.url(),
    token_endpoint: z.url(),
    end_session_endpoint: z.url().optional(),
    client_id: z.string(),
    scope: z.string(),
  }),
]);

/** `GET /app/config.json`: what the page needs before somebody is signed in. Nothing in it is secret. */
export const pageConfig = z
  .object({ version: z.string(), sign_in: signIn, idle_minutes: z.int(), break_glass_minutes: z.int() })
  .meta({ id: 'PageConfig' });

export type PageConfig = z.output<typeof pageConfig>;

/**
 * For the page alone, whose types are made of them. Not in the OpenAPI document: a client with a token cannot call these
 * routes, and one that is generated from the document would have methods that are always refused.
 */
export const pageSchemas = [sessionResponse, pageConfig] as const;
