import { broken, shipped } from './support/files.ts';
import { platformFaults } from './support/platform-faults.ts';
import { platforms } from './support/platforms.ts';

const faultsOf = (name: string, read = shipped) => platformFaults(platforms[name]!(read));

describe('every platform agrees with the service', () => {
  test.each(Object.keys(platforms))('[Health checks configured] %s', (name) => {
    expect(faultsOf(name)).toEqual([]);
  });
});

describe('a broken copy is refused', () => {
  const copies: readonly [
    platform: string,
    file: string,
    search: string | RegExp,
    replacement: string,
    fault: RegExp,
  ][] = [
    ['compose', 'compose/nginx.conf', 'server api:8000', 'server api:8080', /traffic goes to 8080/],
    [
      'compose',
      'compose/compose.yaml',
      'stop_grace_period: 60s\n    mem_limit: 512m',
      'stop_grace_period: 30s\n    mem_limit: 512m',
      /killed after 30 s/,
    ],
    [
      'compose',
      'compose/compose.yaml',
      '"dist/main.cjs", "healthcheck"',
      '"dist/main.cjs", "health"',
      /health check runs/,
    ],
    [
      'compose',
      'compose/compose.yaml',
      'healthcare_ai@database',
      'healthcare_ai:secret@database',
      /DATABASE_URL is a secret/,
    ],
    ['compose', 'compose/.env.example', 'LOG_LEVEL=', 'LOGLEVEL=', /LOGLEVEL is no setting/],
    ['swarm', 'compose/stack.yaml', 'memory: 512M', 'memory: 128M', /it may need/],
    ['swarm', 'compose/stack.yaml', 'user: "10001:10001"', 'user: "0:0"', /it runs as 0:0/],
    [
      'kubernetes',
      'kubernetes/base/deployment.yaml',
      'containerPort: 8000',
      'containerPort: 80',
      /traffic goes to 80,/,
    ],
    [
      'kubernetes',
      'kubernetes/base/deployment.yaml',
      'failureThreshold: 2',
      'failureThreshold: 9',
      /traffic may come for 27 s/,
    ],
    [
      'kubernetes',
      'kubernetes/base/deployment.yaml',
      'path: /health/ready',
      'path: /ready',
      /readiness probe asks for/,
    ],
    [
      'kubernetes',
      'kubernetes/base/deployment.yaml',
      'readOnlyRootFilesystem: true',
      'readOnlyRootFilesystem: false',
      /written to/,
    ],
    ['kubernetes', 'kubernetes/base/kustomization.yaml', 'TLS=self-signed', 'TLS=maybe', /TLS/],
    ['cloudRun', 'cloud-run/service.yaml', 'value: "8"', 'value: "45"', /killed after 10 s/],
    [
      'cloudRun',
      'cloud-run/service.yaml',
      /name: ENCRYPTION_KEY\n(.*\n){4}/,
      'name: ENCRYPTION_KEY\n              value: AAAA\n',
      /ENCRYPTION_KEY is a secret/,
    ],
    ['azure', 'azure/container-group.yaml', '--max-old-space-size=1024', '--max-old-space-size=2048', /it may need/],
    [
      'azure',
      'azure/container-group.yaml',
      'name: TRUST_PROXY_HOPS\n            value: "1"',
      'name: TRUST_PROXY_HOPS\n            value: "0"',
      /address of the proxy/,
    ],
    ['systemd', 'systemd/healthcare-ai.service', 'TimeoutStopSec=60', 'TimeoutStopSec=30', /killed after 30 s/],
    ['systemd', 'systemd/healthcare-ai.env', 'WORKERS=4', 'WORKERS=8', /it may need/],
    ['systemd', 'systemd/healthcare-ai.env', 'NODE_ENV=production', 'NODE_ENV=development', /not production/],
  ];
  test.each(copies)('%s: %s with another %s', (platform, file, search, replacement, fault) => {
    expect(faultsOf(platform, broken(file, search, replacement)).join('\n')).toMatch(fault);
  });
});
