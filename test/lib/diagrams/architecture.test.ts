import { readFileSync } from 'node:fs';
import { architecture } from '../../../lib/diagrams/architecture.ts';
import { links, notDrawn } from '../../../lib/diagrams/architecture-links.ts';
import { nodes } from '../../../lib/diagrams/architecture-nodes.ts';
import { dataFlow } from '../../../lib/diagrams/data-flow.ts';
import { architectureParts } from '../../../lib/diagrams/document.ts';
import { References } from '../../../lib/diagrams/references.ts';
import { storesOf } from '../../../lib/diagrams/stores.ts';
import type { Json, StackTemplate } from '../../../lib/synth/templates.ts';
import { stacksOf } from '../../packages/ops/cost/stages.ts';

const prod = stacksOf('prod');

/** The stacks with the properties of one resource changed. */
function changed(
  type: string,
  change: (properties: Json) => Json,
  stacks: readonly StackTemplate[] = prod,
): StackTemplate[] {
  return stacks.map((stack) => ({
    ...stack,
    resources: Object.fromEntries(
      Object.entries(stack.resources).map(([id, resource]) => [
        id,
        resource.Type === type
          ? { ...resource, Properties: change(structuredClone(resource.Properties ?? {})) }
          : resource,
      ]),
    ),
  }));
}

const without = (type: string): StackTemplate[] =>
  prod.map((stack) => ({
    ...stack,
    resources: Object.fromEntries(Object.entries(stack.resources).filter(([, { Type }]) => Type !== type)),
  }));

const drawn = (stacks: readonly StackTemplate[]) =>
  architecture(new References(stacks))
    .split('\n')
    .map((line) => line.trim());

describe('docs/architecture.md', () => {
  const document = readFileSync('docs/architecture.md', 'utf8');
  const parts = architectureParts({ dev: stacksOf('dev'), staging: stacksOf('staging'), prod });

  it.each(Object.keys(parts))('has the %s of the templates: npm run diagrams', (name) => {
    const [, part] = new RegExp(`<!-- ${name}: [^\\n]*-->\\n([\\s\\S]*?)<!-- /${name} -->`).exec(document)!;
    expect(part!.trim()).toBe(parts[name]);
  });
});

describe('The picture of the architecture', () => {
  it.each([
    ['dev', {}],
    ['staging', {}],
    ['prod', {}],
    ['prod', { 'network.egress': 'nat' }],
    ['dev', { githubRepository: 'a/b', 'accountBaseline.githubOidcProvider': true }],
  ])('of %s %j leaves no type out without a reason', (stage, overrides) => {
    const known = [...Object.keys(nodes), ...links.map(({ type }) => type), ...Object.keys(notDrawn)];
    const types = stacksOf(stage, overrides).flatMap(({ resources }) =>
      Object.values(resources).map(({ Type }) => Type),
    );
    expect([...new Set(types)].filter((type) => !known.includes(type))).toEqual([]);
  });

  it('shows who may reach whom, by the rules of the security groups', () => {
    expect(drawn(prod)).toEqual(
      expect.arrayContaining([
        'clients -->|"tcp 443<br/>tcp 80"| alb',
        'alb -->|"tcp 8000<br/>HTTPS"| service',
        'service -->|"tcp 5432"| aurora',
        'migrate -->|"tcp 5432"| aurora',
        'service -->|"tcp 443"| endpoints',
      ]),
    );
    expect(drawn(prod).filter((line) => line.endsWith(' aurora'))).toHaveLength(2);
  });

  it('changes with a rule that lets somebody else in', () => {
    const open = changed('AWS::EC2::SecurityGroup', (properties) =>
      /^Aurora/.test(properties.GroupDescription)
        ? {
            ...properties,
            SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432, CidrIp: '0.0.0.0/0' }],
          }
        : properties,
    );
    expect(drawn(open)).toContain('clients -->|"tcp 5432"| aurora');
    expect(drawn(prod)).not.toContain('clients -->|"tcp 5432"| aurora');
  });

  it('loses the guard when the web ACL guards nothing', () => {
    expect(drawn(prod)).toContain('waf -->|"judges each request"| alb');
    expect(drawn(without('AWS::WAFv2::WebACLAssociation'))).not.toContain('waf -->|"judges each request"| alb');
  });

  it('shows alarms that tell nobody as a box without a line', () => {
    const silent = changed('AWS::CloudWatch::Alarm', ({ AlarmActions: _, ...properties }) => properties);
    expect(drawn(prod)).toContain('alarms --> topic');
    expect(drawn(silent)).not.toContain('alarms --> topic');
  });

  it('shows gateways where a stage has a way out', () => {
    expect(drawn(stacksOf('prod', { 'network.egress': 'nat' }))).toContain('nat["The way out<br/>3 NAT gateways"]');
  });

  it('of dev has no other region', () => {
    expect(drawn(stacksOf('dev')).join()).not.toContain('vaultCopy');
  });
});

describe('The picture of the data', () => {
  const flow = (stacks: readonly StackTemplate[]) => dataFlow(new References(stacks));

  it('names the key that encrypts each store of patients, from its property', () => {
    const keys = storesOf(new References(prod))
      .filter(({ content }) => content !== 'no PHI')
      .map(({ title, key }) => [title, key]);
    expect(keys).toEqual(
      expect.arrayContaining([
        ['Aurora PostgreSQL', 'database'],
        ['Backup vault', 'backups'],
        ['Backup vault, other region', 'backup-copies'],
        ['Audit bucket', 'audit'],
        ['Log group of audit events', 'audit'],
      ]),
    );
    expect(keys).toHaveLength(5);
  });

  it('says where the key is of AWS', () => {
    const weak = changed('AWS::RDS::DBCluster', ({ KmsKeyId: _, ...properties }) => properties);
    expect(flow(weak)).toContain('Aurora PostgreSQL<br/>AWS key');
    expect(flow(prod)).toContain('Aurora PostgreSQL<br/>key: database');
  });

  it('shows the TLS of each way as the templates have it', () => {
    expect(flow(prod)).toContain('clients -->|"TLS, ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"| alb');
    const plain = changed('AWS::ElasticLoadBalancingV2::TargetGroup', (properties) => ({
      ...properties,
      Protocol: 'HTTP',
    }));
    expect(flow(plain)).toContain('alb -->|"HTTP 8000"| service');
  });

  it('is not drawn where the database takes connections in the clear', () => {
    const loose = changed('AWS::RDS::DBClusterParameterGroup', (properties) => ({
      ...properties,
      Parameters: { ...properties.Parameters, 'rds.force_ssl': '0' },
    }));
    expect(() => flow(loose)).toThrow('does not force TLS');
  });

  it('is not drawn with a log group of which nobody said what it holds', () => {
    const more = prod.map((stack) =>
      stack.id === 'service'
        ? {
            ...stack,
            resources: {
              ...stack.resources,
              New: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/new' } },
            },
          }
        : stack,
    );
    expect(() => flow(more)).toThrow('service/New (AWS::Logs::LogGroup): say in lib/diagrams/stores.ts what it holds');
  });

  it('shows what the service may do with keys, by the rights of its task', () => {
    expect(flow(prod)).toContain('key_data -.->|"Decrypt, GenerateDataKey"| service');
    expect(flow(prod)).toContain('key_signing -.->|"GetPublicKey, Sign"| service');
    expect(flow(prod)).not.toContain('key_backups');
  });
});
