import type { IncomingMessage, RequestListener } from 'node:http';
import https from 'node:https';
import { securityHeaders } from '../../../service/src/http/security-headers.ts';
import { selfSigned } from '../../../service/src/http/self-signed.ts';
import { httpsServer } from '../../packages/ops/smoke/servers.ts';
import { SynthesizedStage } from '../support/stage.ts';

const DAY = 86_400_000;
const { Script: script } = new SynthesizedStage('prod').only('AWS::Synthetics::Canary').Code;

const wellHeaders = [...securityHeaders(), 'X-Request-Id', '01a20969-dbd9-7ae5-9280-60e82f650675'];

const answers =
  (status: number, headers: readonly string[], body: string): RequestListener =>
  (_request, response) => {
    response.writeHead(status, [...headers]).end(body);
  };

const well = answers(200, wellHeaders, '{"status":"healthy"}');

const without = (name: string) => {
  const at = wellHeaders.indexOf(name);
  return wellHeaders.toSpliced(at, 2);
};

/** Runs the script of the template as Synthetics does, with a server of ours in place of the host. */
async function run(listener: RequestListener, certifiedAt: Date = new Date()): Promise<string> {
  const material = await selfSigned(certifiedAt);
  const server = await httpsServer(material, listener);
  const get = (options: https.RequestOptions, answered: (response: IncomingMessage) => void) =>
    https.get({ ...options, host: '127.0.0.1', port: server.port, ca: material.cert, agent: false }, answered);
  const modules: Readonly<Record<string, unknown>> = { https: { get } };
  const exports: { handler?: () => Promise<void> } = {};
  new Function('require', 'exports', script)((name: string) => modules[name], exports);
  try {
    await exports.handler!();
    return 'up';
  } catch (error) {
    return (error as Error).message;
  } finally {
    await server.stop();
  }
}

describe('The uptime canary', () => {
  it('finds an API up that is', async () => {
    expect(await run(well)).toBe('up');
  });

  it('sends a User-Agent, without which the core rule set of the WAF blocks it', async () => {
    const agents: (string | undefined)[] = [];
    const said = await run((request, response) => {
      agents.push(request.headers['user-agent']);
      well(request, response);
    });
    expect(said).toBe('up');
    expect(agents).toEqual(['healthcare-ai-canary']);
  });

  it.each([
    ['refuses', answers(503, wellHeaders, '{"status":"draining"}'), 'status 503'],
    ['is not healthy', answers(200, wellHeaders, '{"status":"draining"}'), 'not healthy'],
    ['answers something else', answers(200, wellHeaders, '<html>'), /JSON/],
    ['misses a header', answers(200, without('Strict-Transport-Security'), '{"status":"healthy"}'), /strict-transport/],
    [
      'has a header twice',
      answers(200, [...wellHeaders, 'X-Frame-Options', 'SAMEORIGIN'], '{"status":"healthy"}'),
      /x-frame-options/,
    ],
  ])('finds an API down that %s', async (_, listener, message) => {
    expect(await run(listener)).toMatch(message);
  });

  it('warns before the certificate ends', async () => {
    expect(await run(well, new Date(Date.now() - 350 * DAY))).toMatch(/the certificate ends in 1[45] days/);
    expect(await run(well, new Date(Date.now() - 400 * DAY))).toMatch(/expired/);
  });
});
