import { type DiagramEdge, type DiagramNode, flowchart, type Zone } from './mermaid.ts';
import type { References, Resource } from './references.ts';
import { aliasOf, type Content, type Store, storesOf } from './stores.ts';

const zones: readonly Zone[] = [
  { id: 'plain', title: 'PHI in the clear: in memory, and under TLS' },
  { id: 'sealed', title: 'PHI, encrypted by the service before it is written' },
  { id: 'hashed', title: 'Patients by keyed hash alone' },
  { id: 'none', title: 'No PHI' },
  { id: 'keys', title: 'Customer keys in KMS' },
];

const zoneOf: Readonly<Record<Content, string>> = {
  'PHI, as ciphertext of the service': 'sealed',
  'keyed hashes of patients': 'hashed',
  'no PHI': 'none',
};

const idOf = ({ resource }: Store): string => resource.key.replace(/\W/g, '_');

/** The only resource of a type. */
const only = (all: References, type: string, has: (resource: Resource) => boolean = () => true): Resource => {
  const found = all.of(type).filter(has);
  if (found.length !== 1) throw new Error(`${found.length} resources of ${type} where one is drawn`);
  return found[0]!;
};

/** Stores that the service itself writes to, by the rights of its task's roles. */
function written(all: References, stores: readonly Store[]): DiagramEdge[] {
  const [service] = all.of('AWS::ECS::Service');
  const [task] = all.in(service!.properties.TaskDefinition, service!);
  const roles = all.in([task!.properties.TaskRoleArn, task!.properties.ExecutionRoleArn], task!);
  return all
    .of('AWS::IAM::ManagedPolicy')
    .filter((policy) => all.in(policy.properties.Roles, policy).some((role) => roles.includes(role)))
    .flatMap((policy) =>
      policy.properties.PolicyDocument.Statement.flatMap(({ Action, Resource: named }: Resource['properties']) => {
        const writes = [Action].flat().filter((action: string) => /:Put(Object|LogEvents)$/.test(action));
        const targets = all.in(named, policy);
        return stores
          .filter(({ resource }) => writes.length > 0 && targets.includes(resource))
          .map((store) => ({ from: 'service', to: idOf(store), label: writes.join(', ') }));
      }),
    );
}

/** What the service does with keys, by the rights of its task. The key of a store stands in its label. */
function keyEdges(all: References): DiagramEdge[] {
  const policy = only(
    all,
    'AWS::IAM::ManagedPolicy',
    ({ properties }) => properties.Description === 'The service at work',
  );
  return policy.properties.PolicyDocument.Statement.flatMap(({ Action, Resource: named }: Resource['properties']) =>
    all
      .in(named, policy)
      .filter(({ type }) => type === 'AWS::KMS::Key')
      .map((key) => ({
        from: `key_${aliasOf(key, all).replace(/\W/g, '_')}`,
        to: 'service',
        label: [Action]
          .flat()
          .map((action: string) => action.replace('kms:', ''))
          .join(', '),
        kind: 'dotted' as const,
      })),
  );
}

/** What is said of the way to the service, and from it to the database. */
export function transport(all: References): {
  readonly client: string;
  readonly task: string;
  readonly database: string;
} {
  const https = only(all, 'AWS::ElasticLoadBalancingV2::Listener', ({ properties }) => properties.Protocol === 'HTTPS');
  const [target] = all.of('AWS::ElasticLoadBalancingV2::TargetGroup');
  const { Parameters } = only(all, 'AWS::RDS::DBClusterParameterGroup').properties;
  if (Parameters['rds.force_ssl'] !== '1')
    throw new Error('the database does not force TLS: the picture would be wrong');
  return {
    client: `TLS, ${https.properties.SslPolicy}`,
    task: `${target!.properties.Protocol} ${target!.properties.Port}`,
    database: `TLS forced, at least ${Parameters.ssl_min_protocol_version}`,
  };
}

/** Where data about patients is, how it is encrypted there and on the way, and with which key. */
export function dataFlow(all: References): string {
  const stores = storesOf(all);
  const aurora = stores.find(({ resource }) => resource.type === 'AWS::RDS::DBCluster')!;
  const vaults = stores.filter(({ resource }) => resource.type === 'AWS::Backup::BackupVault');
  const [near, far] = [...vaults].sort((a) => (a.resource.stack === 'backup-copy' ? 1 : -1));
  const way = transport(all);
  const edges: DiagramEdge[] = [
    { from: 'clients', to: 'alb', label: way.client },
    { from: 'alb', to: 'service', label: way.task },
    { from: 'service', to: idOf(aurora), label: way.database },
    ...(near ? [{ from: idOf(aurora), to: idOf(near), label: 'backups' }] : []),
    ...(near && far ? [{ from: idOf(near), to: idOf(far), label: 'copies' }] : []),
    ...written(all, stores),
    ...keyEdges(all),
  ];
  const touched = new Set(edges.flatMap(({ from, to }) => [from, to]));
  const shown = stores.filter((store) => touched.has(idOf(store)));
  const rest = stores.length - shown.length;
  const keys = [...touched].filter((id) => id.startsWith('key_'));
  const nodes: DiagramNode[] = [
    { id: 'clients', zone: 'plain', shape: 'person', label: ['Clients'] },
    { id: 'alb', zone: 'plain', label: ['Load balancer', 'ends TLS, starts it again'] },
    { id: 'service', zone: 'plain', label: ['Service', 'encrypts notes and patient ids', 'AES-256-GCM'] },
    ...shown.map((store) => ({
      id: idOf(store),
      zone: zoneOf[store.content],
      shape: 'store' as const,
      label: [store.title, store.key === undefined ? 'AWS key' : `key: ${store.key}`],
    })),
    ...keys.map((id) => ({ id, zone: 'keys', shape: 'key' as const, label: [id.slice(4).replaceAll('_', '-')] })),
    { id: 'rest', zone: 'none', shape: 'store', label: [`${rest} more stores`, 'in the table'] },
  ];
  return flowchart('LR', zones, nodes, edges);
}
