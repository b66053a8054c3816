import * as z from 'zod';
import { problemTypes } from '../problem.ts';
import { commonHeaders, problemResponses } from './common-responses.ts';
import { problemSchema } from './problem-schema.ts';
import type { RequestDescription, ResponseDescription, RouteDescription } from './route-description.ts';
import type { JsonSchema, SchemaComponents } from './schema-components.ts';

/** Either kind of credential will do. */
const CREDENTIALS = [{ apiKey: [] }, { oidc: [] }];

/** The Operation Object of a route. https://spec.openapis.org/oas/v3.1.1.html#operation-object */
export function operation(route: RouteDescription, schemas: SchemaComponents): JsonSchema {
  const described = responsesOf(route);
  const parameters = parametersOf(route, schemas);
  const roles = route.roles?.length
    ? `Needs one of the roles ${route.roles.map((role) => `\`${role}\``).join(', ')}.`
    : '';
  const description = [route.description, roles].filter(Boolean).join('\n\n');
  return {
    operationId: route.operationId,
    summary: route.summary,
    ...(description === '' ? {} : { description }),
    tags: [...route.tags],
    security: route.public === true ? [] : CREDENTIALS,
    ...(route.roles === undefined ? {} : { 'x-roles': [...route.roles] }),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...requestBody(route.request, schemas),
    responses: Object.fromEntries(
      Object.entries(described).map(([status, response]) => {
        const headers = { ...response.headers, ...commonHeaders(route, Number(status)) };
        return [status, responseObject({ ...response, headers }, Number(status), schemas)];
      }),
    ),
  };
}

/** Descriptions of the route itself come first; headers that it does not name come from the common ones. */
function responsesOf(route: RouteDescription): Record<string, ResponseDescription> {
  const common = problemResponses(route);
  const own = Object.entries(route.responses)
    .filter(([, response]) => response !== undefined)
    .map(([status, response]) => [status, { ...common[Number(status)], ...response }]);
  return { ...common, ...Object.fromEntries(own) };
}

const requestBody = (request: RequestDescription | undefined, schemas: SchemaComponents): JsonSchema =>
  request?.body === undefined
    ? {}
    : {
        requestBody: {
          required: true,
          content: { 'application/json': { schema: schemas.convert(request.body, 'input') } },
        },
      };

function parametersOf(route: RouteDescription, schemas: SchemaComponents): JsonSchema[] {
  const params = route.request?.params?.shape ?? {};
  const inPath = [...route.path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name);
  if (inPath.toSorted().join() !== Object.keys(params).toSorted().join()) {
    throw new Error(
      `${route.operationId}: the path ${route.path} has the parameters [${inPath}], the schema has [${Object.keys(params)}].`,
    );
  }
  const parameter = (name: string, place: 'path' | 'query' | 'header', schema: z.ZodType) => {
    const { description, ...rest } = schemas.convert(schema, 'input');
    return {
      name,
      in: place,
      required: place === 'path' || !schema.safeParse(undefined).success,
      ...(description === undefined ? {} : { description }),
      schema: rest,
    };
  };
  return [
    ...Object.entries(params).map(([name, schema]) => parameter(name, 'path', schema as z.ZodType)),
    ...Object.entries(route.request?.query?.shape ?? {}).map(([name, schema]) =>
      parameter(name, 'query', schema as z.ZodType),
    ),
    ...Object.entries(route.request?.headers?.shape ?? {}).map(([name, schema]) =>
      parameter(name, 'header', schema as z.ZodType),
    ),
  ];
}

function responseObject(response: ResponseDescription, status: number, schemas: SchemaComponents): JsonSchema {
  const schema = response.schema ?? (response.problem === true ? problemSchema : undefined);
  const contentType =
    response.contentType ?? (response.problem === true ? 'application/problem+json' : 'application/json');
  const headers = Object.entries(response.headers ?? {}).map(([name, header]) => [
    name,
    { description: header.description, schema: schemas.convert(header.schema ?? z.string(), 'output') },
  ]);
  const types = response.problem === true ? problemTypes(status) : [];
  return {
    description: response.description,
    ...(types.length === 0 ? {} : { 'x-problem-types': types }),
    ...(headers.length === 0 ? {} : { headers: Object.fromEntries(headers) }),
    ...(schema === undefined ? {} : { content: { [contentType]: { schema: schemas.convert(schema, 'output') } } }),
  };
}
