import * as z from 'zod';
import { buildOpenApi } from '../../../service/src/http/openapi/build-openapi.ts';
import { problemSchema } from '../../../service/src/http/openapi/problem-schema.ts';
import type { RouteDescription } from '../../../service/src/http/openapi/route-description.ts';
import { validate } from './openapi-validate.ts';

const noteRequest = z
  .object({ patient_id: z.string().min(1).max(50), note_text: z.string().meta({ description: 'Kept as it is.' }) })
  .meta({ id: 'NoteRequest' });
const note = z.object({ audit_id: z.uuid(), received_at: z.iso.datetime(), count: z.int() }).meta({ id: 'Note' });
const notes = z.object({ notes: z.array(note), next_cursor: z.string().optional() }).meta({ id: 'Notes' });

const ingest: RouteDescription = {
  method: 'post',
  path: '/ingest',
  operationId: 'ingestNote',
  summary: 'Take a note in',
  description: 'Committed before it is acknowledged.',
  tags: ['Notes'],
  roles: ['integration', 'clinician'],
  request: { body: noteRequest, headers: z.object({ 'Idempotency-Key': z.string().max(255).optional() }) },
  responses: {
    200: { description: 'Committed.', schema: note },
    409: { description: 'In flight.', problem: true, headers: { 'Retry-After': { description: 'Seconds.' } } },
    422: { description: 'In my own words.', problem: true },
    429: { description: 'Slower.', problem: true },
  },
};
const read: RouteDescription = {
  method: 'get',
  path: '/notes/{audit_id}',
  operationId: 'readNote',
  summary: 'Read a note',
  tags: ['Notes'],
  request: { params: z.object({ audit_id: z.uuid().meta({ description: 'As acknowledged.' }) }) },
  responses: { 200: { description: 'The note.', schema: note }, 404: { description: 'None.', problem: true } },
};
const health: RouteDescription = {
  method: 'get',
  path: '/health',
  operationId: 'health',
  summary: 'Whether the process serves',
  tags: ['Health'],
  public: true,
  responses: { 200: { description: 'It does.', schema: z.object({ status: z.literal('healthy') }) } },
};
const list: RouteDescription = {
  ...read,
  path: '/notes',
  operationId: 'listNotes',
  request: undefined,
  responses: { 200: { description: 'All.', schema: notes } },
};

// biome-ignore lint/suspicious/noExplicitAny: the tests reach deep into a JSON document
type Json = any;
const build = (...routes: RouteDescription[]): Json => buildOpenApi({ routes, version: '1.2.3' });

test('the document is valid OpenAPI 3.1, and the validator can say otherwise', async () => {
  const document = build(ingest, read, list, health);

  expect(await validate(document)).toEqual({ valid: true, version: '3.1' });

  document.paths['/ingest'].post.responses['200'] = { summary: 'no description' };
  expect(await validate(document)).toMatchObject({ valid: false });
});

test('a body and an answer refer to their schemas by name', () => {
  const document = build(ingest, list);
  const { post } = document.paths['/ingest'];

  expect(post.requestBody).toEqual({
    required: true,
    content: { 'application/json': { schema: { $ref: '#/components/schemas/NoteRequest' } } },
  });
  expect(post.responses['200'].content).toEqual({
    'application/json': { schema: { $ref: '#/components/schemas/Note' } },
  });
  expect(document.components.schemas.Notes.properties.notes).toEqual({
    type: 'array',
    items: { $ref: '#/components/schemas/Note' },
  });
  expect(document.components.schemas.NoteRequest).toEqual({
    type: 'object',
    properties: {
      patient_id: { type: 'string', minLength: 1, maxLength: 50 },
      note_text: { type: 'string', description: 'Kept as it is.' },
    },
    required: ['patient_id', 'note_text'],
  });
  expect(document.components.schemas.Note.properties).toEqual({
    audit_id: { type: 'string', format: 'uuid' },
    received_at: { type: 'string', format: 'date-time' },
    count: { type: 'integer' },
  });
});

test('every reference leads somewhere', () => {
  const document = build(ingest, read, list, health);
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)];

  expect(references.length).toBeGreaterThan(5);
  for (const [, name] of references) expect(Object.keys(document.components.schemas)).toContain(name);
  expect(JSON.stringify(document)).not.toContain('$defs');
});

test('a problem is application/problem+json of RFC 9457', () => {
  const document = build(ingest);
  const conflict = document.paths['/ingest'].post.responses['409'];

  expect(conflict.content).toEqual({
    'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
  });
  expect(conflict.headers['Retry-After'].schema).toEqual({ type: 'string' });
  expect(Object.keys(document.components.schemas.Problem.properties)).toEqual([
    'type',
    'title',
    'status',
    'detail',
    'instance',
    'errors',
  ]);
  expect(problemSchema.safeParse({ type: 'about:blank', title: 'x', status: 422 }).success).toBe(true);
});

test('what every route may answer is added, and a route may say it in its own words', () => {
  const document = build(ingest, read, health);

  expect(Object.keys(document.paths['/ingest'].post.responses)).toEqual(
    '200 400 401 403 408 409 413 415 422 429 431 500 503'.split(' '),
  );
  expect(document.paths['/ingest'].post.responses['422'].description).toBe('In my own words.');
  expect(document.paths['/ingest'].post.responses['429'].headers).toHaveProperty('Retry-After');
  expect(Object.keys(document.paths['/notes/{audit_id}'].get.responses)).toEqual(
    '200 400 401 403 404 408 422 429 431 500 503'.split(' '),
  );
  expect(Object.keys(document.paths['/health'].get.responses)).toEqual(['200', '400', '408', '431']);
});

test('a route needs an API key or a token, names the roles that may, and a public one needs nothing', () => {
  const document = build(ingest, health);

  expect(document.paths['/ingest'].post.security).toEqual([{ apiKey: [] }, { oidc: [] }]);
  expect(document.paths['/ingest'].post.description).toBe(
    'Committed before it is acknowledged.\n\nNeeds one of the roles `integration`, `clinician`.',
  );
  expect(document.paths['/health'].get.security).toEqual([]);
  expect(document.components.securitySchemes).toMatchObject({
    apiKey: { type: 'http', scheme: 'bearer' },
    oidc: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
  });
});

test('parameters stand in the path and in headers', () => {
  const document = build(ingest, read);

  expect(document.paths['/notes/{audit_id}'].get.parameters).toEqual([
    {
      name: 'audit_id',
      in: 'path',
      required: true,
      description: 'As acknowledged.',
      schema: { type: 'string', format: 'uuid' },
    },
  ]);
  expect(document.paths['/ingest'].post.parameters).toEqual([
    { name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string', maxLength: 255 } },
  ]);
});

test('the version is that of the service', () => {
  const document: Json = buildOpenApi({ routes: [health], version: '9.8.7' });

  expect(document.info.version).toBe('9.8.7');
  expect(document.tags).toEqual([{ name: 'Health' }]);
});

describe('a mistake in the descriptions is an error that says what to do', () => {
  const faulty = (change: Partial<RouteDescription>) => () => build(read, { ...read, operationId: 'other', ...change });

  test('two routes of one method and path', () => {
    expect(faulty({})).toThrow('get /notes/{audit_id} is described twice.');
  });

  test('two operations of one id', () => {
    expect(faulty({ method: 'post', operationId: 'readNote' })).toThrow('Two operations have the id readNote.');
  });

  test('a path whose parameters differ from its schema', () => {
    expect(faulty({ path: '/other/{id}' })).toThrow('the path /other/{id} has the parameters [id]');
    expect(faulty({ path: '/other/{id}', request: undefined })).toThrow('the schema has []');
  });

  test('two different schemas of one id, also when one schema differs as request and as response', () => {
    const withDefault = z.object({ limit: z.int().default(50) }).meta({ id: 'Defaulted' });
    const other = { method: 'post', path: '/x', operationId: 'x', summary: '', tags: [], public: true } as const;

    expect(() =>
      build({ ...other, request: { body: withDefault }, responses: { 200: { description: '', schema: withDefault } } }),
    ).toThrow('Two different schemas have the id Defaulted');
  });
});
