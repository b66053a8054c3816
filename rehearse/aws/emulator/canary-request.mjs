// Runs the script of a canary, read from stdin, and prints the headers of its first request as JSON.
// Nothing is sent: the request is answered by a server on loopback.
import { once } from 'node:events';
import http from 'node:http';
import { createRequire } from 'node:module';
import { text } from 'node:stream/consumers';

const script = await text(process.stdin);
const require = createRequire(import.meta.url);
const server = http.createServer((request, response) => {
  process.stdout.write(JSON.stringify(request.headers), () => process.exit(0));
  response.end();
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const { port } = server.address();

/** The request that a script makes by https, sent to the server on loopback instead. */
const toLoopback =
  (method) =>
  (target, ...rest) => {
    const options = typeof target === 'string' || target instanceof URL ? urlOptions(target, rest) : target;
    const { agent: _agent, ...plain } = options;
    const headers = { host: options.hostname ?? options.host, ...options.headers };
    const request = http[method]({
      ...plain,
      headers,
      host: '127.0.0.1',
      hostname: undefined,
      port,
      protocol: 'http:',
    });
    request.on('error', () => {});
    return request;
  };

function urlOptions(target, [given]) {
  const url = new URL(target);
  return { hostname: url.hostname, path: url.pathname + url.search, ...(typeof given === 'object' ? given : {}) };
}

const https = { get: toLoopback('get'), request: toLoopback('request'), Agent: http.Agent };
const synthetics = {
  getConfiguration: () => new Proxy({}, { get: () => () => synthetics.getConfiguration() }),
  executeStep: (_name, step) => step(),
  executeHttpStep: (_name, options, callback) => https.request(options, callback).end(),
};
const stubs = { https, 'node:https': https, Synthetics: synthetics, '@aws/synthetics-puppeteer': { synthetics } };
const logger = new Proxy({}, { get: () => () => {} });
const module = { exports: {} };
const wanted = (name) => stubs[name] ?? (/synthetics/i.test(name) ? logger : require(name));
new Function('require', 'module', 'exports', script)(wanted, module, module.exports);
setTimeout(() => {
  process.stderr.write('the script made no request by https within ten seconds\n');
  process.exit(1);
}, 10_000);
await module.exports.handler();
