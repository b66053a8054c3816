import { operation } from './operation.ts';
import type { RouteDescription } from './route-description.ts';
import { type JsonSchema, SchemaComponents } from './schema-components.ts';

export interface OpenApiProps {
  readonly routes: readonly RouteDescription[];

  /** Version of the service. */
  readonly version: string;
}

export interface OpenApiDocument extends JsonSchema {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, JsonSchema>>;
}

/**
 * Builds the OpenAPI 3.1 document from the descriptions of the routes and their zod schemas. Takes some milliseconds:
 * to be called at the first request for the document, and kept.
 *
 * @throws Error when two routes share a method and path or an operationId, when a path and its parameters differ, or
 *   when a schema cannot be written as JSON Schema
 */
export function buildOpenApi(props: OpenApiProps): OpenApiDocument {
  const schemas = new SchemaComponents();
  const paths: Record<string, JsonSchema> = {};
  const ids = new Set<string>();
  for (const route of props.routes) {
    const path = paths[route.path] ?? {};
    paths[route.path] = path;
    if (path[route.method] !== undefined) throw new Error(`${route.method} ${route.path} is described twice.`);
    if (ids.has(route.operationId)) throw new Error(`Two operations have the id ${route.operationId}.`);
    ids.add(route.operationId);
    path[route.method] = operation(route, schemas);
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Healthcare AI Service',
      version: props.version,
      description:
        'Ingests clinical notes durably: each note is authenticated, encrypted, audited and committed before it is acknowledged.\n\n' +
        'Errors are RFC 9457 problem documents and never repeat what was sent. No URL contains a patient identifier.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    tags: [...new Set(props.routes.flatMap(({ tags }) => tags))].map((name) => ({ name })),
    paths,
    components: { schemas: schemas.all(), securitySchemes },
  };
}

const securitySchemes: JsonSchema = {
  apiKey: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'API key',
    description: 'An API key, as printed by `npm run keys -- create`. Enter the key alone, without the word Bearer.',
  },
  oidc: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description:
      'An access token from a configured OpenID Connect issuer. Enter the token alone, without the word Bearer.',
  },
};
