import { contract } from '@healthcare-ai/contract';
import * as z from 'zod';
import { permissions, type Role, roles } from '../../identity/roles.ts';
import type { RouteDescription } from '../openapi/route-description.ts';
import type { Route } from '../route.ts';

const timestamp = z.iso.datetime();

/** Describes every route for the OpenAPI document: protected routes from their definitions, and the open ones. */
export function describeRoutes(routes: readonly Route[]): RouteDescription[] {
  return [...routes.map(describe), ...openRoutes()];
}

function describe(route: Route): RouteDescription {
  const {
    operationId,
    summary,
    description,
    tag,
    response,
    contentType,
    accepted,
    flags,
    paged,
    problems,
    idempotent,
  } = route.documentation;
  return {
    method: route.method === 'GET' ? 'get' : 'post',
    path: route.path,
    operationId,
    summary,
    description,
    tags: [tag],
    problems,
    roles: roles.filter((role: Role) => permissions[role].includes(route.permission)),
    request: {
      body: route.body,
      params: paramsOf(route.path),
      query: queryOf(flags, paged),
      headers: idempotent
        ? z.object({
            'Idempotency-Key': z.string().max(255).optional().meta({
              description: 'Identifies this request so that it can be retried safely. Visible ASCII characters.',
            }),
          })
        : undefined,
    },
    responses: {
      200: { description: 'Done.', schema: response, contentType, headers: idempotent ? replayed : undefined },
      ...(accepted ? { 202: { description: accepted, schema: response, headers: retryAfter } } : {}),
    },
  };
}

const replayed = {
  'Idempotency-Replayed': {
    description: '`true` where the same request was stored before and this is its answer; absent otherwise.',
  },
};
const retryAfter = {
  'Retry-After': { description: 'Seconds until it is worth asking again.', schema: z.int().min(0) },
};

/** Every parameter of a path is a UUID. */
function paramsOf(path: string): z.ZodObject | undefined {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name!, z.uuid()] as const);
  return names.length > 0 ? z.object(Object.fromEntries(names)) : undefined;
}

function queryOf(flags: Readonly<Record<string, string>> = {}, paged = false): z.ZodObject | undefined {
  const parameters: (readonly [string, z.ZodType])[] = Object.entries(flags).map(flag);
  if (paged) {
    const description = '`next_cursor` of the page before.';
    parameters.push(['cursor', z.string().max(400).optional().meta({ description })]);
  }
  return parameters.length > 0 ? z.object(Object.fromEntries(parameters)) : undefined;
}

const flag = ([name, description]: readonly [string, string]) =>
  [name, z.boolean().optional().meta({ description, default: false })] as const;

function openRoutes(): RouteDescription[] {
  const status = (name: string) => z.object({ status: z.string().meta({ example: name }), timestamp });
  const health = z.object({ status: z.literal('healthy'), timestamp, version: z.string() }).meta({ id: 'Health' });
  const get = (path: string, operationId: string, summary: string, schema: z.ZodType, unavailable?: string) => ({
    method: 'get' as const,
    path,
    operationId,
    summary,
    tags: ['Service'],
    public: true,
    responses: {
      200: { description: 'Done.', schema },
      ...(unavailable ? { 503: { description: unavailable } } : {}),
    },
  });
  const info = z.object({
    service: z.string(),
    version: z.string(),
    description: z.string(),
    documentation: z.string(),
    openapi: z.string(),
    health: z.string(),
  });
  return [
    get('/', 'serviceInfo', 'Describe the service', info),
    get(
      contract.paths.health,
      'health',
      'Check whether the process serves requests',
      health,
      'The process is stopping.',
    ),
    get(
      contract.paths.live,
      'healthLive',
      'Check whether the process is alive',
      status('alive'),
      'The process is stopping.',
    ),
    get(
      contract.paths.ready,
      'healthReady',
      'Check whether requests can be served, including the database',
      status('ready'),
      'The process is stopping, or the database is unreachable.',
    ),
  ];
}
