import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { crsExceptions, wafExceptionPaths, wafExceptions } from '@healthcare-ai/contract/waf-exceptions';
import { freePort } from '../../service/support/free-port.ts';

const nginx = '/usr/sbin/nginx';
const nginxModule = '/usr/lib/nginx/modules/ngx_http_modsecurity_module.so';
const setup = '/etc/modsecurity/crs/crs-setup.conf';
const rules = '/usr/share/modsecurity-crs/rules';
const unicode = '/etc/nginx/unicode.mapping';

/** What Debian's packages have to bring; the missing ones. */
export const lacking = (): string[] => [nginx, nginxModule, setup, rules, unicode].filter((path) => !existsSync(path));

/** `nobody`: the server has no rights when root starts it, and the same as the test's otherwise. */
const unprivileged = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

/**
 * ModSecurity's own settings with the exceptions of the web ACL: the same routes, the same attack classes, the body
 * alone. Request bodies over 8 KB are refused elsewhere, as AWS's SizeRestrictions_BODY does.
 */
export function modSecurityRules(folder: string): string {
  const tags = [
    ...new Set([...wafExceptions.flatMap(({ crsTags }) => crsTags), ...crsExceptions.map(({ tag }) => tag)]),
  ];
  const paths = `^(?:${wafExceptionPaths.join('|')})$`;
  const sized = wafExceptions.some(({ rule }) => rule === 'SizeRestrictions_BODY');
  // ModSecurity names the members of a JSON body `json.<key>`.
  const removed = tags.map((tag) => `ctl:ruleRemoveTargetByTag=${tag};ARGS:json.note_text`).join(',');
  return [
    'SecRuleEngine On',
    'SecRequestBodyAccess On',
    'SecResponseBodyAccess Off',
    'SecRequestBodyLimit 262144',
    'SecRequestBodyNoFilesLimit 262144',
    'SecRequestBodyLimitAction Reject',
    'SecPcreMatchLimit 100000',
    'SecPcreMatchLimitRecursion 100000',
    'SecAuditEngine Off',
    `SecTmpDir ${folder}`,
    `SecDataDir ${folder}`,
    `SecUnicodeMapFile ${unicode} 20127`,
    'SecRule REQUEST_HEADERS:Content-Type "@rx ^application/json" "id:100,phase:1,pass,nolog,t:lowercase,ctl:requestBodyProcessor=JSON"',
    'SecRule REQBODY_ERROR "!@eq 0" "id:101,phase:2,deny,status:400,nolog"',
    `SecRule REQUEST_HEADERS:Content-Length "@gt 8192" "id:102,phase:1,deny,status:403,nolog${sized ? ',chain' : ''}"`,
    ...(sized ? [`SecRule REQUEST_FILENAME "!@rx ${paths}" ""`] : []),
    // AWS's SQLi_URIPATH; the core rules look for SQL in a path only at a higher paranoia level.
    'SecRule REQUEST_FILENAME "@detectSQLi" "id:104,phase:1,deny,status:403,nolog,t:urlDecodeUni"',
    `SecRule REQUEST_FILENAME "@rx ${paths}" "id:103,phase:1,pass,nolog${removed === '' ? '' : `,${removed}`}"`,
    `Include ${setup}`,
    `Include ${rules}/*.conf`,
    '',
  ].join('\n');
}

const nginxConfig = (folder: string, port: number, upstream: number): string => `
load_module ${nginxModule};
daemon off;
worker_processes 2;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log;
events { worker_connections 256; }
http {
  access_log off;
  client_max_body_size 1m;
  client_body_buffer_size 256k;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  keepalive_requests 100000;
  upstream service { server 127.0.0.1:${upstream}; keepalive 16; }
  server {
    listen 127.0.0.1:${port};
    modsecurity on;
    modsecurity_rules_file ${folder}/modsecurity.conf;
    location / {
      proxy_pass http://service;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
    }
  }
}
`;

export interface Firewall {
  readonly port: number;

  /** Requests that got through, counted by the upstream. */
  readonly passed: () => number;
  readonly stop: () => Promise<void>;
}

/** Starts nginx with ModSecurity and the OWASP core rules in front of an upstream that answers 200 to everything. */
export async function startFirewall(): Promise<Firewall> {
  const folder = mkdtempSync(join(tmpdir(), 'waf-'));
  chmodSync(folder, 0o700);
  if (unprivileged.uid !== undefined) chownSync(folder, unprivileged.uid, unprivileged.gid);
  let passed = 0;
  const upstream = createServer((request, response) => {
    passed += 1;
    request.resume().once('end', () => response.end('ok'));
  });
  upstream.listen(0, '127.0.0.1');
  await new Promise((resolve) => upstream.once('listening', resolve));
  const port = await freePort();
  writeFileSync(join(folder, 'modsecurity.conf'), modSecurityRules(folder), { mode: 0o644 });
  const config = join(folder, 'nginx.conf');
  writeFileSync(config, nginxConfig(folder, port, (upstream.address() as AddressInfo).port), { mode: 0o644 });
  const child = spawn(nginx, ['-c', config], { ...unprivileged, stdio: ['ignore', 'ignore', 'pipe'] });
  const said: string[] = [];
  child.stderr?.on('data', (chunk) => said.push(String(chunk)));
  try {
    await untilListening(port, child, () => said.join('') + log(folder));
  } catch (error) {
    await stop(child, upstream, folder);
    throw error;
  }
  return { port, passed: () => passed, stop: () => stop(child, upstream, folder) };
}

const log = (folder: string): string =>
  existsSync(join(folder, 'error.log')) ? readFileSync(join(folder, 'error.log'), 'utf8') : '';

async function untilListening(port: number, child: ChildProcess, output: () => string): Promise<void> {
  for (let attempt = 0; attempt < 800; attempt += 1) {
    if (child.exitCode !== null) break;
    const up = await fetch(`http://127.0.0.1:${port}/health`, { headers: { host: 'notes.example.org' } }).then(
      (response) => response.ok,
      () => false,
    );
    if (up) return;
    await sleep(50);
  }
  throw new Error(`nginx with ModSecurity did not start: ${output().slice(-2000)}`);
}

async function stop(child: ChildProcess, upstream: Server, folder: string): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
  }
  upstream.closeAllConnections();
  await new Promise((resolve) => upstream.close(resolve));
  rmSync(folder, { recursive: true, force: true });
}
