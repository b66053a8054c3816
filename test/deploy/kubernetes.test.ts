import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeWith } from '../service/support/skips.ts';
import { shipped, yaml, yamlDocuments } from './support/files.ts';

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  // biome-ignore lint/suspicious/noExplicitAny: a manifest of any kind
  readonly [key: string]: any;
}

const base = () => {
  const { resources } = yaml(shipped('kubernetes/base/kustomization.yaml')) as { resources: string[] };
  return resources.flatMap((name) => yamlDocuments(shipped(`kubernetes/base/${name}`))) as Manifest[];
};
const job = () => yamlDocuments(shipped('kubernetes/migrate/job.yaml')) as Manifest[];
const knative = () => yamlDocuments(shipped('cloud-run/service.yaml')) as Manifest[];

const folder = join('node_modules', '.cache', `deploy-types-${process.pid}`);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/**
 * Writes the manifests as literals of the platforms' published types, lets TypeScript check them (an unknown key in a
 * literal is an error), and then their own validators.
 */
function typeErrors(manifests: readonly Manifest[]): string {
  mkdirSync(folder, { recursive: true });
  const lines = manifests.map(({ apiVersion, kind, ...rest }, index) => {
    const from = apiVersion.startsWith('serving.knative.dev') ? '@kubernetes-models/knative' : 'kubernetes-models';
    const model = `${kind}${index}`;
    return `import { ${kind} as ${model} } from '${from}/${apiVersion}';\nnew ${model}(${JSON.stringify(rest)}).validate();`;
  });
  writeFileSync(join(folder, 'check.ts'), lines.join('\n'));
  writeFileSync(join(folder, 'check.mjs'), lines.join('\n'));
  const options = [
    '--ignoreConfig',
    '--noEmit',
    '--strict',
    '--skipLibCheck',
    '--module',
    'esnext',
    '--moduleResolution',
    'bundler',
  ];
  const types = spawnSync('node_modules/.bin/tsc', [...options, '--target', 'es2024', join(folder, 'check.ts')], {
    encoding: 'utf8',
  });
  if (types.status !== 0) return types.stdout + types.stderr;
  const run = spawnSync(process.execPath, [join(folder, 'check.mjs')], { encoding: 'utf8' });
  return run.status === 0 ? '' : run.stderr;
}

describe('the published types of Kubernetes and Knative', () => {
  test('take every manifest', () => {
    expect(typeErrors([...base(), ...job(), ...knative()])).toBe('');
  });

  test('refuse an unknown key, deep inside', () => {
    const manifests = base();
    const deployment = manifests.find(({ kind }) => kind === 'Deployment')!;
    deployment.spec.template.spec.containers[0].securityContext.readonlyRootFilesystem = true;
    expect(typeErrors(manifests)).toMatch(/readonlyRootFilesystem/);
  });

  test('refuse an unknown key for Cloud Run', () => {
    const [service] = knative();
    service!.spec.template.spec.containerConcurency = 80;
    expect(typeErrors([service!])).toMatch(/containerConcurency/);
  });

  test('refuse a value of the wrong type', () => {
    const [one] = job();
    one!.spec.backoffLimit = 'two';
    expect(typeErrors([one!])).toMatch(/not assignable/);
  });
});

/** What the restricted standard asks of a pod. https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
function restrictedFaults({ spec }: { spec: Manifest['spec'] }): string[] {
  const faults: string[] = [];
  if (spec.securityContext?.runAsNonRoot !== true) faults.push('runAsNonRoot');
  if (spec.securityContext?.seccompProfile?.type !== 'RuntimeDefault') faults.push('seccompProfile');
  for (const { securityContext } of spec.containers) {
    if (securityContext?.allowPrivilegeEscalation !== false) faults.push('allowPrivilegeEscalation');
    if (String(securityContext?.capabilities?.drop) !== 'ALL') faults.push('capabilities');
  }
  const allowed = ['configMap', 'emptyDir', 'secret'];
  for (const { name, ...kind } of spec.volumes) if (!allowed.includes(Object.keys(kind)[0]!)) faults.push(name);
  return faults;
}

describe('the deployment', () => {
  const all = base();
  const of = (kind: string) => all.find((manifest) => manifest.kind === kind)!;

  test('satisfies the restricted standard that its namespace enforces, and so does the migration', () => {
    expect(of('Namespace').metadata.labels['pod-security.kubernetes.io/enforce']).toBe('restricted');
    expect(restrictedFaults(of('Deployment').spec.template)).toEqual([]);
    expect(restrictedFaults(job()[0]!.spec.template)).toEqual([]);
    const { securityContext: _, ...spec } = of('Deployment').spec.template.spec;
    expect(restrictedFaults({ spec })).toEqual(['runAsNonRoot', 'seccompProfile']);
  });

  test('replaces its pods with none unavailable, and scales at 70 % CPU', () => {
    expect(of('Deployment').spec.strategy.rollingUpdate).toEqual({ maxSurge: 1, maxUnavailable: 0 });
    expect(of('Deployment').spec.replicas).toBeUndefined();
    expect(of('HorizontalPodAutoscaler').spec.metrics[0].resource.target.averageUtilization).toBe(70);
    expect(of('PodDisruptionBudget').spec.maxUnavailable).toBe(1);
  });

  test('is found by its service, its disruption budget and its network policy', () => {
    const { labels } = of('Deployment').spec.template.metadata;
    const selectors = [
      of('Service').spec.selector,
      of('PodDisruptionBudget').spec.selector.matchLabels,
      of('NetworkPolicy').spec.podSelector.matchLabels,
      of('Deployment').spec.selector.matchLabels,
    ];
    for (const selector of selectors) expect(labels).toMatchObject(selector);
    expect(of('HorizontalPodAutoscaler').spec.scaleTargetRef.name).toBe(of('Deployment').metadata.name);
    expect(of('Ingress').spec.rules[0].http.paths[0].backend.service.name).toBe(of('Service').metadata.name);
  });
});

describeWith('kubectl', existsSync('/usr/bin/kubectl') || existsSync('/usr/local/bin/kubectl'))('kustomize', () => {
  test.each(['staging', 'production'])('builds the overlay %s, pinned to an image and a stage', (name) => {
    const built = execFileSync('kubectl', ['kustomize', `deploy/kubernetes/overlays/${name}`], { encoding: 'utf8' });
    const manifests = yamlDocuments(built) as Manifest[];
    expect(typeErrors(manifests)).toBe('');
    const deployment = manifests.find(({ kind }) => kind === 'Deployment')!;
    const map = manifests.find(({ kind }) => kind === 'ConfigMap')!;
    expect(deployment.spec.template.spec.containers[0].image).toMatch(/^registry\.example\.org\/.+:\d+\.\d+\.\d+$/);
    expect(map.data.STAGE).toBe(name);
    // The name holds a hash of the settings: a changed setting is a rollout, and can be undone as one.
    expect(deployment.spec.template.spec.containers[0].envFrom[0].configMapRef.name).toBe(map.metadata.name);
    expect(map.metadata.name).toMatch(/^healthcare-ai-[a-z0-9]+$/);
    for (const { kind, metadata } of manifests)
      if (kind !== 'Namespace') expect(metadata.namespace).toBe('healthcare-ai');
  });
});
