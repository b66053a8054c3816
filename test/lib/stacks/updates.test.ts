import { SynthesizedStage } from '../support/stage.ts';

const zone = {
  'edge.certificateArn': undefined,
  'edge.hostedZone.id': 'Z0123456789ABCDEFGHIJ',
  'edge.hostedZone.name': 'example.org',
};
const internal = { 'network.exposure': 'internal' };

/** Names that a template gives, each with the logical id of its resource: `service AWS::Route53::RecordSet Name=...`. */
function namesOf({ templates }: SynthesizedStage): Map<string, string> {
  const entries = Object.entries(templates).flatMap(([stack, { Resources }]) =>
    Object.entries(Resources).flatMap(([id, { Type, Properties = {} }]) =>
      Object.entries(Properties).flatMap(([property, value]) =>
        typeof value === 'string' && /(Name|Identifier)$/.test(property) && property !== 'MetricName'
          ? [[`${stack} ${Type} ${property}=${value}`, id] as const]
          : [],
      ),
    ),
  );
  const ids = Map.groupBy(entries, ([name]) => name);
  // A value that several resources have, such as the name of their cluster, names none of them.
  return new Map([...ids].flatMap(([name, all]) => (all.length === 1 ? [[name, all[0]![1]]] : [])));
}

// CloudFormation creates what is new before it deletes what is old, and AWS refuses a second resource of the same name.
test.each([
  ['canary to rolling', 'staging', {}, { 'service.deployment': 'rolling' }],
  ['internet to internal', 'dev', zone, internal],
  ['three zones to two', 'prod', {}, { availabilityZones: '["us-east-1a","us-east-1b"]' }],
])('%s: what has a fixed name keeps its logical id', (_name, stage, settings, update) => {
  const before = namesOf(new SynthesizedStage(stage, settings));
  const after = namesOf(new SynthesizedStage(stage, { ...settings, ...update }));

  const shared = [...before].filter(([name]) => after.has(name));

  expect(shared.length).toBeGreaterThan(100);
  expect(shared.filter(([name, id]) => after.get(name) !== id)).toEqual([]);
});

test.each([
  ['internet', zone],
  ['internal', { ...zone, ...internal }],
])(
  'a domain in Route 53 is all that a stage needs (%s): it makes the certificate and the alias record',
  (_exposure, settings) => {
    const stage = new SynthesizedStage('dev', settings);
    const domain = 'notes.dev.example.org';

    expect(stage.only('AWS::CertificateManager::Certificate')).toMatchObject({
      DomainName: domain,
      ValidationMethod: 'DNS',
      DomainValidationOptions: [{ DomainName: domain, HostedZoneId: 'Z0123456789ABCDEFGHIJ' }],
    });
    const [certificate] = stage.only('AWS::ElasticLoadBalancingV2::Listener', '"Port":443').Certificates;
    const { Resources } = stage.templates.service!;
    expect(Resources[certificate.CertificateArn.Ref]?.Type).toBe('AWS::CertificateManager::Certificate');
    const { Name, Type, HostedZoneId, AliasTarget } = stage.only('AWS::Route53::RecordSet');
    expect({ Name, Type, HostedZoneId }).toEqual({
      Name: `${domain}.`,
      Type: 'A',
      HostedZoneId: 'Z0123456789ABCDEFGHIJ',
    });
    const balancer = AliasTarget.HostedZoneId['Fn::GetAtt'][0];
    expect(Resources[balancer]?.Type).toBe('AWS::ElasticLoadBalancingV2::LoadBalancer');
  },
);
