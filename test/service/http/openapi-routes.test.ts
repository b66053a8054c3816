import { contract } from '@healthcare-ai/contract';
import { buildOpenApi } from '../../../service/src/http/openapi/build-openapi.ts';
import { describeRoutes } from '../../../service/src/http/routes/descriptions.ts';
import { protectedRoutes } from '../../../service/src/http/routes/index.ts';
import { validate } from './openapi-validate.ts';

// The handlers are not called, so what they depend on need not be there.
const routes = protectedRoutes({ maxNoteLength: contract.maxNoteLength } as Parameters<typeof protectedRoutes>[0]);

// biome-ignore lint/suspicious/noExplicitAny: the tests reach deep into a JSON document
const document: any = buildOpenApi({ routes: describeRoutes(routes), version: '0.1.0' });
const paths = Object.keys(document.paths);

test('the document of the service is valid OpenAPI 3.1', async () => {
  expect(await validate(document)).toEqual({ valid: true, version: '3.1' });
});

test('it has every protected route, the health checks, and nothing of another port', () => {
  expect(paths).toEqual(expect.arrayContaining(['/', ...routes.map(({ path }) => path)]));
  expect(paths).toEqual(
    expect.arrayContaining([contract.paths.health, contract.paths.live, contract.paths.ready] as string[]),
  );
  expect(paths).not.toContain(contract.paths.metrics);
});

test('no patient identifier stands in a URL: every parameter of a path is a UUID, every one of a query a flag or a cursor', () => {
  const parameters = Object.values(document.paths).flatMap((path) =>
    Object.values(path as object).flatMap((operation) => operation.parameters ?? []),
  );

  expect(parameters.length).toBeGreaterThan(0);
  for (const parameter of parameters) {
    expect(['path', 'query', 'header']).toContain(parameter.in);
    if (parameter.in === 'query') {
      const type = parameter.name === 'cursor' ? 'string' : 'boolean';
      expect(parameter).toMatchObject({ required: false, schema: { type } });
    }
    if (parameter.in === 'path') expect(parameter).toMatchObject({ schema: { format: 'uuid' } });
  }
});

test('every protected operation names its roles and its refusals', () => {
  for (const { path, method } of routes) {
    const operation = document.paths[path][method.toLowerCase()];
    expect(operation['x-roles'].length).toBeGreaterThan(0);
    expect(operation.security).toHaveLength(2);
    // 422: every one of them refuses a query parameter that it does not know.
    const statuses = ['200', '400', '401', '403', '408', '422', '429', '431', '500', '503'];
    expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(statuses));
  }
  expect(Object.keys(document.paths['/health'].get.responses)).toEqual(['200', '400', '408', '431', '503']);
});

test('the contract of v0.1.0 is in it: what is sent, what comes back, and 422 for what is not valid', () => {
  const { post } = document.paths['/ingest'];
  const { schemas } = document.components;
  const sent = schemas[post.requestBody.content['application/json'].schema.$ref.split('/').at(-1)];
  const answered = schemas[post.responses['200'].content['application/json'].schema.$ref.split('/').at(-1)];

  expect(sent.required).toEqual(['patient_id', 'note_text']);
  expect(sent.properties.patient_id).toMatchObject({ type: 'string', minLength: 1, maxLength: 50 });
  expect(sent.properties.note_text).toMatchObject({ type: 'string', minLength: 1, maxLength: 10_000 });
  expect(answered.required).toEqual(['audit_id', 'received_at', 'status', 'patient_id']);
  expect(answered.properties.status).toMatchObject({ const: 'received' });
  expect(post.responses).toHaveProperty('422');
});

test('every answer names its headers, and every problem its types', () => {
  for (const { path, method, documentation } of routes) {
    const { responses } = document.paths[path][method.toLowerCase()];
    for (const [status, response] of Object.entries<Record<string, object>>(responses)) {
      expect(Object.keys(response.headers!)).toContain('X-Request-Id');
      if (status !== '401') expect(Object.keys(response.headers!)).toContain('RateLimit');
      if (Number(status) >= 400) expect([status, response['x-problem-types']]).not.toEqual([status, undefined]);
    }
    expect('Idempotency-Replayed' in responses['200'].headers).toBe(documentation.idempotent === true);
    if (responses['202']) expect(responses['202'].headers).toHaveProperty('Retry-After');
    expect(responses['429'].headers).toHaveProperty('Retry-After');
  }
  expect(document.paths['/ingest'].post.responses['503']['x-problem-types']).toEqual([
    'urn:healthcare-ai:problem:unavailable',
    'urn:healthcare-ai:problem:overloaded',
  ]);
});

test('no member of a request has a default, which generators take for one that must be sent; its description states it', () => {
  const requests = Object.entries<{ properties?: Record<string, { default?: unknown; description?: string }> }>(
    document.components.schemas,
  ).filter(([name]) => name.endsWith('Request'));

  expect(requests.length).toBeGreaterThan(4);
  for (const [, { properties = {} }] of requests) {
    for (const member of Object.values(properties)) expect(member).not.toHaveProperty('default');
  }
  expect(document.components.schemas.NoteSearchRequest.properties.limit.description).toContain('Default: `50`.');
  expect(document.components.schemas.DeidentifyRequest.required).toEqual(['note_text']);
  expect(document.components.schemas.NoteSearchRequest.additionalProperties).toBe(false);
});
