import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contract, maxBodyBytes } from '@healthcare-ai/contract';
import { adaptNginx } from '../../rehearse/support/adapt-compose.ts';
import { securityHeaders } from '../../service/src/http/security-headers.ts';
import { describeWith } from '../service/support/skips.ts';
import { shipped, yaml } from './support/files.ts';

const conf = shipped('compose/nginx.conf');
const value = (directive: string, text = conf) => new RegExp(`^\\s*${directive} (.+);$`, 'm').exec(text)?.[1];
const { timeouts, edgeRateLimit } = contract;

describe('nginx.conf agrees with the service', () => {
  test('limits an address as the contract says, and answers 429', () => {
    expect(value('limit_req_zone')).toMatch(new RegExp(` rate=${edgeRateLimit.perSecond}r/s$`));
    expect(value('limit_req')).toBe(`zone=api_limit burst=${edgeRateLimit.burst} nodelay`);
    expect(value('limit_req_status')).toBe('429');
  });

  test('does not limit or log the health probes', () => {
    const block = /location \/health \{([^}]*)\}/.exec(conf)![1]!;
    expect(block).toContain('access_log off;');
    expect(block).not.toContain('limit_req');
  });

  test('takes the longest body that the service takes, and no longer one', () => {
    expect(Number(value('client_max_body_size'))).toBe(maxBodyBytes(contract.maxNoteLength));
  });

  test('waits as long as the service does', () => {
    expect(value('client_header_timeout')).toBe(`${timeouts.headers}s`);
    expect(value('client_body_timeout')).toBe(`${timeouts.request}s`);
    expect(value('proxy_read_timeout')).toBe(`${timeouts.loadBalancerIdle}s`);
    const upstream = /upstream healthcare_api \{[\s\S]*?keepalive_timeout (\d+)s/.exec(conf)![1];
    expect(Number(upstream)).toBeLessThan(timeouts.keepAlive);
  });

  test('[Security headers configured] gives its own answers the security headers of the service', () => {
    const policy = securityHeaders();
    const sent = [...conf.matchAll(/^\s*map \$upstream_http_(\w+) \$\w+ \{\n\s*"" "(.*)";/gm)].map(
      ([, name, text]) => ({
        name: name!.replaceAll('_', '-'),
        text,
      }),
    );
    expect(sent).toHaveLength(7);
    for (const { name, text } of sent) {
      const index = policy.findIndex((item, place) => place % 2 === 0 && item.toLowerCase() === name);
      expect({ name, text }).toEqual({ name, text: policy[index + 1] });
    }
  });

  test('throws away what a client claims in X-Forwarded-For', () => {
    expect(conf).toContain('proxy_set_header X-Forwarded-For $remote_addr;');
    expect(conf).not.toContain('proxy_add_x_forwarded_for');
  });

  test('logs no query string, referrer or user agent', () => {
    const format = /log_format json[\s\S]*?;/.exec(conf)![0];
    expect(format).not.toMatch(/\$(request|request_uri|args|query_string|http_\w+)\b/);
  });
});

test('the ingress of Kubernetes has the same limits', () => {
  const { annotations } = yaml(shipped('kubernetes/base/ingress.yaml')).metadata;
  const of = (name: string) => annotations[`nginx.ingress.kubernetes.io/${name}`];
  expect(Number(of('proxy-body-size'))).toBe(maxBodyBytes(contract.maxNoteLength));
  expect(Number(of('limit-rps'))).toBe(edgeRateLimit.perSecond);
  expect(Number(of('limit-rps')) * Number(of('limit-burst-multiplier'))).toBe(edgeRateLimit.burst);
  expect(Number(of('proxy-read-timeout'))).toBe(timeouts.loadBalancerIdle);
  expect(of('backend-protocol')).toBe('HTTPS');
});

describeWith('nginx', existsSync('/usr/sbin/nginx'))('nginx itself', () => {
  const folder = mkdtempSync(join(tmpdir(), 'healthcare-ai-nginx-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  const check = (text: string) => {
    mkdirSync(join(folder, 'ssl'), { recursive: true });
    const pair = ['-keyout', join(folder, 'ssl/key.pem'), '-out', join(folder, 'ssl/cert.pem')];
    const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-subj', '/CN=test'];
    execFileSync('openssl', ['req', ...kind, ...pair], { stdio: 'ignore' });
    const adapted = adaptNginx(text, { http: '18080', https: '18443', api: '18000' })
      .replaceAll(' /tmp/', ` ${folder}/`)
      .replaceAll('/etc/nginx/ssl', join(folder, 'ssl'))
      .replaceAll(/\/dev\/std(?:err|out)/g, join(folder, 'log'));
    writeFileSync(join(folder, 'nginx.conf'), adapted);
    execFileSync('/usr/sbin/nginx', ['-t', '-c', join(folder, 'nginx.conf')], { stdio: 'pipe' });
  };

  test('[HTTPS/TLS configured] takes the file', () => {
    expect(() => check(conf)).not.toThrow();
  });

  test('refuses a broken copy: the zone within `server`, where the seed had it', () => {
    const zone = /^\s*limit_req_zone .*\n/m.exec(conf)![0];
    const moved = conf.replace(zone, '').replace('listen 8443 ssl;', `listen 8443 ssl;\n${zone}`);
    expect(() => check(moved)).toThrow(/limit_req_zone/);
  });
});
