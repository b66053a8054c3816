import { contract } from '@healthcare-ai/contract';
import { availableConnections } from './database-connections.ts';
import { databaseRootRegions, databaseRootsUrl } from './regions.ts';
import type { StageConfig } from './schema.ts';
import { SIX_YEARS } from './sections/retention.ts';

/** One fault: its key, the value, and what to do. */
export interface ConfigFault {
  /** Dot-separated key of the configuration. */
  readonly path: string;
  readonly message: string;
}

/** Memory, in MiB, that Fargate takes with each number of CPU units: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html */
const fargateMemory: Readonly<Record<number, readonly [low: number, high: number, step: number]>> = {
  256: [512, 2048, 512],
  512: [1024, 4096, 1024],
  1024: [2048, 8192, 1024],
  2048: [4096, 16_384, 1024],
  4096: [8192, 30_720, 1024],
};

function* placeFaults(config: StageConfig): Generator<ConfigFault> {
  for (const zone of config.availabilityZones) {
    if (!zone.startsWith(config.region)) {
      yield { path: 'availabilityZones', message: `${zone} is not a zone of ${config.region}` };
    }
  }
  if (!config.database.ownAuthorities && !databaseRootRegions.includes(config.region)) {
    const message = `this release has no RDS root certificates of ${config.region}; save ${databaseRootsUrl(config.region)} as scripts/rds-roots/${config.region}.pem, build the image, and set database.ownAuthorities`;
    yield { path: 'region', message };
  }
  if (config.backup.copyRegion === config.region) {
    yield { path: 'backup.copyRegion', message: `is the stage's own region; name another one` };
  }
}

function* edgeFaults({ region: wanted, account: owner, edge }: StageConfig): Generator<ConfigFault> {
  const { certificateArn, hostedZone, domainName } = edge;
  if (certificateArn === undefined && hostedZone === undefined) {
    const message =
      'set this to a certificate in ACM, or edge.hostedZone to a public zone in which the stage makes one';
    yield { path: 'edge.certificateArn', message };
  }
  if (certificateArn !== undefined) {
    const [, , , region, account] = certificateArn.split(':');
    if (region !== wanted) {
      const message = `the certificate is of ${region}; a load balancer in ${wanted} needs one of ${wanted}`;
      yield { path: 'edge.certificateArn', message };
    }
    if (owner !== undefined && account !== owner) {
      const message = `the certificate is of account ${account}; use one of account ${owner}`;
      yield { path: 'edge.certificateArn', message };
    }
  }
  if (hostedZone !== undefined && domainName !== hostedZone.name && !domainName.endsWith(`.${hostedZone.name}`)) {
    const message = `edge.domainName ${domainName} is not in the zone ${hostedZone.name}`;
    yield { path: 'edge.hostedZone.name', message };
  }
}

function* networkFaults({ network, availabilityZones, production }: StageConfig): Generator<ConfigFault> {
  const { vpc, cidr, endpointZones = availabilityZones.length } = network;
  const zones = availabilityZones.length;
  const bits = Number(cidr.split('/')[1]);
  if (bits < 16 || bits > 20) yield { path: 'network.cidr', message: `got /${bits}; use /16 to /20` };
  if (endpointZones > zones) {
    yield { path: 'network.endpointZones', message: `got ${endpointZones}; the stage has ${zones} zones` };
  }
  if (production && endpointZones < 2) {
    const message = 'got 1; production needs endpoints in two zones, or a zone that fails stops every task';
    yield { path: 'network.endpointZones', message };
  }
  if (vpc === undefined) return;
  if (network.transitGateway !== undefined) {
    const message = 'an existing VPC has its own attachment and routes; leave this out';
    yield { path: 'network.transitGateway', message };
  }
  for (const name of ['loadBalancerSubnets', 'taskSubnets', 'databaseSubnets'] as const) {
    const given = vpc[name]?.length ?? 0;
    if (given !== zones || new Set(vpc[name]).size !== given) {
      const message = `got ${given} subnets; name one for each of ${availabilityZones.join(', ')}, in that order`;
      yield { path: `network.vpc.${name}`, message };
    }
  }
  if (vpc.endpoints === 'create' && vpc.endpointCidrs?.length > 0) {
    const message = 'only existing endpoints have address ranges; set network.vpc.endpoints to existing';
    yield { path: 'network.vpc.endpointCidrs', message };
  }
}

function* bedrockFaults({ analysis, region }: StageConfig): Generator<ConfigFault> {
  if (analysis.engine !== 'bedrock') return;
  const { modelId = '', inferenceProfile } = analysis;
  if (/^(us|us-gov|eu|apac|jp|au|ca|global)\./.test(modelId)) {
    const message = `${modelId} is an inference profile; name the model without the prefix, and the profile in analysis.inferenceProfile`;
    yield { path: 'analysis.modelId', message };
  }
  if (inferenceProfile === undefined) return;
  if (inferenceProfile.id?.replace(/^[^.]*\./, '') !== modelId) {
    const message = `${inferenceProfile.id} is not a profile of ${modelId}`;
    yield { path: 'analysis.inferenceProfile.id', message };
  }
  if (!inferenceProfile.regions?.includes(region)) {
    const message = `lacks ${region}, from which the profile is called; list every region of the profile`;
    yield { path: 'analysis.inferenceProfile.regions', message };
  }
}

function* capacityFaults({ service, database, disposable }: StageConfig): Generator<ConfigFault> {
  const vcpus = service.cpu / 1024;
  if (vcpus > 1) {
    const most = Math.floor(100 / vcpus);
    const never = service.cpuTarget >= most ? `, so ${service.cpuTarget} % is never reached` : '';
    const message = `one Node.js thread fills at most ${most} % of ${vcpus} vCPUs${never}; use 1024 and more tasks`;
    yield { path: 'service.cpu', message };
  }
  const [low, high, step] = fargateMemory[service.cpu]!;
  if (service.memory < low || service.memory > high || service.memory % step !== 0) {
    const message = `got ${service.memory}; with ${service.cpu} CPU units Fargate takes ${low} to ${high} in steps of ${step}`;
    yield { path: 'service.memory', message };
  }
  if (service.maxTasks < service.minTasks) {
    yield { path: 'service.maxTasks', message: `got ${service.maxTasks}; use at least minTasks, ${service.minTasks}` };
  }
  // A disposable stage is started and stopped by hand: `npm run ops -- scale`.
  if (database.minAcu === 0 && service.minTasks > 0 && !disposable) {
    const message = `got 0; a running service keeps a session open, so the database never pauses: use 0.5, or service.minTasks 0`;
    yield { path: 'database.minAcu', message };
  }
  if (database.maxAcu < database.minAcu) {
    yield { path: 'database.maxAcu', message: `got ${database.maxAcu}; use at least minAcu, ${database.minAcu}` };
  }
  // A deployment runs the old and the new tasks side by side.
  const perTask = service.databasePoolSize + contract.database.lanes + contract.database.analysisLanes;
  const wanted = 2 * service.maxTasks * perTask + contract.database.publisher;
  const available = availableConnections(database.minAcu, database.maxAcu);
  if (wanted > available) {
    const message = `2 x ${service.maxTasks} tasks x ${perTask} connections and ${contract.database.publisher} of the publisher are ${wanted}; ${database.maxAcu} ACU leave ${available}: raise database.maxAcu, or lower maxTasks or the pool`;
    yield { path: 'service.databasePoolSize', message };
  }
}

function* combinationFaults(config: StageConfig): Generator<ConfigFault> {
  if (config.disposable && config.backup.copyRegion !== undefined) {
    const message = `got ${config.backup.copyRegion}; a disposable stage has no backups to copy: leave this out`;
    yield { path: 'backup.copyRegion', message };
  }
  if (config.sidecar.kind !== 'none' && config.network.egress === 'none') {
    const message = `${config.sidecar.kind} sends to the internet, and network.egress is none; set it to nat`;
    yield { path: 'sidecar.kind', message };
  }
  if (config.sidecar.kind !== 'none' && config.service.cpu < 512) {
    yield { path: 'service.cpu', message: `got ${config.service.cpu}; a sidecar needs 512 at least` };
  }
  if (config.edge.jwt !== undefined && config.service.deployment === 'canary') {
    const message =
      'canary deployments rewrite the listener rule that verifies the JWT; use service.deployment rolling';
    yield { path: 'edge.jwt', message };
  }
  if (config.edge.jwt !== undefined && config.network.exposure === 'internal' && config.network.egress === 'none') {
    const message = 'an internal load balancer fetches the key set through the VPC; set network.egress to nat';
    yield { path: 'edge.jwt', message };
  }
  if (config.edge.jwt !== undefined && config.service.page !== undefined) {
    const message =
      'a browser sends no token when it opens /app, so edge.jwt refuses the page; leave edge.jwt out: the service verifies every token itself';
    yield { path: 'service.page', message };
  }
  if (config.service.page !== undefined && config.service.issuers?.length === 0) {
    yield {
      path: 'service.page',
      message: 'people sign in at an issuer whose tokens are accepted; set service.issuers',
    };
  }
  if (config.service.capacity === 'spot' && config.production) {
    yield { path: 'service.capacity', message: 'spot tasks may be taken away at any time; use fargate in production' };
  }
  if (config.service.capacity === 'spot' && config.service.deployment === 'canary') {
    yield {
      path: 'service.capacity',
      message: 'spot with a canary mistakes reclaimed tasks for a bad image; use rolling',
    };
  }
}

function* productionFaults(config: StageConfig): Generator<ConfigFault> {
  const { service, database, retention, backup, accountBaseline, alarms, network } = config;
  if (!accountBaseline.owned) {
    const message = 'got false; a production stage has an account of its own, and its account stack';
    yield { path: 'accountBaseline.owned', message };
  }
  if (config.disposable) {
    yield { path: 'disposable', message: 'got true; the data of patients outlives its stacks' };
  }
  if (network.exposure === 'internet' && alarms.uptimeCheckMinutes === 0) {
    const message = 'got 0; production is called from outside every few minutes: use 1 to 10';
    yield { path: 'alarms.uptimeCheckMinutes', message };
  }
  if (service.minTasks < 2) {
    yield { path: 'service.minTasks', message: `got ${service.minTasks}; production needs 2, in two zones` };
  }
  if (database.minAcu < 0.5) {
    yield { path: 'database.minAcu', message: `got ${database.minAcu}; a production database must not pause` };
  }
  if (database.readers < 1) {
    yield { path: 'database.readers', message: 'got 0; production needs a replica that takes over when a zone fails' };
  }
  if (retention.audit < SIX_YEARS) {
    const message = `got ${retention.audit} days; 45 CFR 164.316(b)(2)(i) asks for six years, ${SIX_YEARS}`;
    yield { path: 'retention.audit', message };
  }
  if (database.backupDays < 7 || backup.dailyRetentionDays < 35) {
    yield {
      path: 'backup.dailyRetentionDays',
      message: 'production keeps daily backups for 35 days, and 7 of recovery',
    };
  }
}

/** Checks across settings. A section may lack a key whose value does not parse. */
export function crossCheck(config: StageConfig): ConfigFault[] {
  return [
    ...placeFaults(config),
    ...edgeFaults(config),
    ...networkFaults(config),
    ...bedrockFaults(config),
    ...capacityFaults(config),
    ...combinationFaults(config),
    ...(config.production ? productionFaults(config) : []),
  ];
}
