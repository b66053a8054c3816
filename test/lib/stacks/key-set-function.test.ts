import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SynthesizedStage } from '../support/stage.ts';

const issuer = (name: string, keys: object) => ({
  ...{ issuer: `https://${name}.example.org`, audiences: 'notes', tenant: 'north', keys },
});
const jwks = { keys: [{ kty: 'EC', crv: 'P-256', x: 'x', y: 'y', kid: 'a' }] };
const stage = new SynthesizedStage('prod', {
  'service.issuers': JSON.stringify([
    issuer('one', { uri: 'https://one.example.org/keys' }),
    issuer('two', { uri: 'https://two.example.org/keys' }),
    issuer('three', { jwks }),
  ]),
});
const properties = stage.only('AWS::Lambda::Function');
const sources = JSON.parse(properties.Environment.Variables.SOURCES) as { uri: string; key: string }[];

let server: Server;
let answer: RequestListener;
beforeAll(async () => {
  server = createServer((request, response) => answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => server.close());

/** Runs the code of the template as Lambda does, with a server of ours for the issuers and a bucket in memory. */
async function run() {
  const { port } = server.address() as AddressInfo;
  const bucket = new Map<string, string>();
  class S3Client {
    async send({ input }: { input: { Bucket: string; Key: string; Body: string } }) {
      expect(input.Bucket).toBe('the-bucket');
      bucket.set(input.Key, input.Body);
    }
  }
  class PutObjectCommand {
    readonly input: unknown;
    constructor(input: unknown) {
      this.input = input;
    }
  }
  const logged: { event: string; key: string }[] = [];
  const exports: { handler?: () => Promise<void> } = {};
  const env = {
    BUCKET: 'the-bucket',
    SOURCES: JSON.stringify(sources.map(({ key }, index) => ({ uri: `http://127.0.0.1:${port}/${index}`, key }))),
  };
  const console = { log: (line: string) => logged.push(JSON.parse(line)) };
  const load = new Function('require', 'exports', 'process', 'console', properties.Code.ZipFile);
  load(() => ({ S3Client, PutObjectCommand }), exports, { env }, console);
  const error = await exports.handler!().then(
    () => undefined,
    (reason: Error) => reason.message,
  );
  return { bucket, error, events: logged.map(({ event }) => event) };
}

describe('the key-set function', () => {
  it('copies each key set that has an address, and only those', async () => {
    answer = (_request, response) => response.end(JSON.stringify(jwks));

    const { bucket, error } = await run();

    expect(error).toBeUndefined();
    expect(sources).toHaveLength(2);
    expect([...bucket]).toEqual(sources.map(({ key }) => [key, JSON.stringify(jwks)]));
  });

  it.each<[string, RequestListener]>([
    ['a status other than 200', (_request, response) => response.writeHead(404).end()],
    ['a redirect', (_request, response) => response.writeHead(302, { location: '/1' }).end()],
    ['a page that is not JSON', (_request, response) => response.end('<html>')],
    ['no keys', (_request, response) => response.end('{"keys":[]}')],
    ['more than 256 kB', (_request, response) => response.end(`{"keys":[${' '.repeat(300_000)}1]}`)],
    ['a private key', (_request, response) => response.end('{"keys":[{"kty":"EC","d":"secret"}]}')],
    ['a symmetric key', (_request, response) => response.end('{"keys":[{"kty":"oct","k":"secret"}]}')],
  ])('copies nothing for %s, copies the others, and fails so that the alarm sees it', async (_what, bad) => {
    answer = (request, response) =>
      request.url === '/0' ? bad(request, response) : response.end(JSON.stringify(jwks));

    const { bucket, error, events } = await run();

    expect(error).toBe('1 of 2 key sets were not copied');
    expect(events).toEqual(['key_set_rejected', 'key_set_fulfilled']);
    expect([...bucket.keys()]).toEqual([sources[1]!.key]);
  });

  it('is short enough to stand in the template', () => {
    expect(Buffer.byteLength(properties.Code.ZipFile)).toBeLessThan(4_096);
  });

  it('hands the tasks the copies in place of the addresses', () => {
    const [container] = stage
      .resources('AWS::ECS::TaskDefinition', 'service')[0]!
      .Properties.ContainerDefinitions.filter(({ Name }: { Name: string }) => Name === 'service');
    const variable = container.Environment.find(({ Name }: { Name: string }) => Name === 'OIDC_ISSUERS');
    const text = JSON.stringify(variable.Value);
    for (const { key, uri } of sources) {
      expect(text).toContain(key);
      expect(text).not.toContain(uri);
    }
    expect(text).toContain('three.example.org');
  });

  it('is not made where no issuer has an address', () => {
    expect(new SynthesizedStage('prod').resources('AWS::Lambda::Function')).toEqual([]);
  });
});
