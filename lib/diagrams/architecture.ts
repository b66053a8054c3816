import type { Json } from '../synth/templates.ts';
import { links } from './architecture-links.ts';
import { clients, nodes, zones } from './architecture-nodes.ts';
import { type DiagramEdge, type DiagramNode, flowchart } from './mermaid.ts';
import type { References, Resource } from './references.ts';

/** Names of interface endpoints, and the node that answers behind each. */
const behind: Readonly<Record<string, readonly string[]>> = {
  'ecr.api': ['images'],
  'ecr.dkr': ['images'],
  kms: ['keys'],
  logs: ['logs', 'auditLogs'],
  s3: ['auditBucket'],
};

const nodeOf = (resource: Resource, all: References): DiagramNode | undefined => nodes[resource.type]?.(resource, all);

/** Nodes that carry a security group. */
function carriers(group: Resource, all: References): string[] {
  const found = all.resources
    .filter(({ type }) => !type.startsWith('AWS::EC2::SecurityGroup'))
    .filter((resource) => all.in(resource.properties, resource).includes(group))
    .map((resource) => nodeOf(resource, all)?.id)
    .filter((id) => id !== undefined);
  // The migration task has no service that would carry its group: an output hands it to whoever runs the task.
  return found.length === 0 && /Migrate/.test(group.logicalId) ? ['migrate'] : [...new Set(found)];
}

const ports = ({ IpProtocol, FromPort, ToPort }: Resource['properties']): string =>
  `${IpProtocol} ${FromPort === ToPort ? FromPort : `${FromPort} to ${ToPort}`}`;

function networkEdges(all: References): DiagramEdge[] {
  const open = all
    .of('AWS::EC2::SecurityGroup')
    .flatMap((group) =>
      (group.properties.SecurityGroupIngress ?? []).flatMap((rule: Resource['properties']) =>
        carriers(group, all).map((to) => ({ from: 'clients', to, label: ports(rule) })),
      ),
    );
  const between = all.of('AWS::EC2::SecurityGroupIngress').flatMap((rule) => {
    const from = all.in(rule.properties.SourceSecurityGroupId, rule);
    const to = all.in(rule.properties.GroupId, rule);
    return from.flatMap((source) =>
      carriers(source, all).flatMap((start) =>
        to.flatMap((target) =>
          carriers(target, all).map((end) => ({ from: start, to: end, label: ports(rule.properties) })),
        ),
      ),
    );
  });
  const through = all.of('AWS::EC2::VPCEndpoint').flatMap(({ properties }) => {
    const name = properties.ServiceName.replace(/^com\.amazonaws\.[a-z0-9-]+\./, '') as string;
    return (behind[name] ?? []).map((to) => ({ from: 'endpoints', to, label: '' }));
  });
  return [...open, ...between, ...through];
}

function linkEdges(all: References): DiagramEdge[] {
  return links.flatMap(({ type, from, to, label, kind }) =>
    all.of(type).flatMap((resource) => {
      const starts = from === undefined ? [resource] : all.in(from(resource.properties), resource);
      const ends = all.in(to(resource.properties), resource);
      return starts.flatMap((start) =>
        ends.flatMap((end) => {
          const [a, b] = [nodeOf(start, all)?.id, nodeOf(end, all)?.id];
          return a === undefined || b === undefined || a === b ? [] : [{ from: a, to: b, label, kind }];
        }),
      );
    }),
  );
}

/** Edges of which no template names both ends: the one end has a name that the other is called by. */
function namedEdges(all: References): DiagramEdge[] {
  const plans = all.of('AWS::Backup::BackupPlan');
  const copied = plans.some(({ properties }) =>
    properties.BackupPlan.BackupPlanRule.some(({ CopyActions = [] }: Json) => CopyActions.length > 0),
  );
  return [
    ...(copied ? [{ from: 'vault', to: 'vaultCopy', label: 'copies' }] : []),
    ...all
      .of('AWS::SNS::Subscription')
      .map(({ properties }) => ({ from: 'topic', to: 'people', label: properties.Protocol })),
    // The script calls the public name, which leads to the load balancer.
    ...all.of('AWS::Synthetics::Canary').map(({ properties }) => ({
      from: 'canary',
      to: 'alb',
      label: `HTTPS at ${properties.Schedule.Expression}`,
    })),
  ];
}

/** What stands where, and what may reach what. */
export function architecture(all: References): string {
  const drawn = new Map<string, DiagramNode>([[clients.id, clients]]);
  for (const resource of all.resources) {
    const node = nodeOf(resource, all);
    if (node !== undefined) drawn.set(node.id, node);
  }
  return flowchart('TB', zones, [...drawn.values()], [...networkEdges(all), ...linkEdges(all), ...namedEdges(all)]);
}
