import { StartLoggingCommand, StopLoggingCommand } from '@aws-sdk/client-cloudtrail';
import { SetAlarmStateCommand, type StateValue } from '@aws-sdk/client-cloudwatch';
import { PutRetentionPolicyCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DeleteVpcEndpointsCommand, DescribeVpcEndpointsCommand } from '@aws-sdk/client-ec2';
import {
  DeregisterTargetsCommand,
  DescribeTargetGroupsCommand,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { ListDetectorsCommand, UpdateDetectorCommand } from '@aws-sdk/client-guardduty';
import {
  DescribeKeyCommand,
  DisableKeyCommand,
  DisableKeyRotationCommand,
  EnableKeyCommand,
  EnableKeyRotationCommand,
} from '@aws-sdk/client-kms';
import { DeleteParameterCommand, GetParameterCommand, PutParameterCommand } from '@aws-sdk/client-ssm';
import { type AwsClients, createClients } from '@healthcare-ai/ops/aws/clients';
import { doctorCommandWith } from '@healthcare-ai/ops/commands/doctor';
import type { LookUp } from '@healthcare-ai/ops/doctor/dns';
import type { NamedFinding } from '@healthcare-ai/ops/doctor/examine';
import { thisProcess } from '@healthcare-ai/ops/rollout/machine';
import { namesOf } from '../../../../lib/config/names.ts';
import { stages } from '../../../../lib/config/stages.ts';
import { type Emulator, startEmulator, whatIsMissing } from '../../../../rehearse/aws/emulator.ts';
import { freePort } from '../../../service/support/free-port.ts';
import { describeWith } from '../../../service/support/skips.ts';
import { runAgainst } from '../support/run-command.ts';
import { deployStage, importCertificate, pushImage } from './deployed-stage.ts';

const missing = whatIsMissing();
const names = namesOf('dev', 'us-east-1');
const alarm = `${names.base}-database-cpu`;

describeWith(missing ?? 'the emulator', missing === undefined)('doctor of a deployed stage', () => {
  let emulator: Emulator;
  let clients: AwsClients;
  let certificateArn: string;
  const sameAddress: LookUp = async () => ['192.0.2.1'];

  beforeAll(async () => {
    emulator = await startEmulator(await freePort(), 'http://localhost:1');
    clients = createClients({
      region: 'us-east-1',
      endpoint: emulator.endpoint,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      signal: new AbortController().signal,
      // It makes a stack within one call, and takes its time on a busy machine: a call that is repeated makes it twice.
      requestTimeoutMs: 120_000,
    });
    ({ certificateArn } = await deployStage(clients));
  }, 240_000);

  afterAll(() => emulator?.stop());

  async function examine(lookUp = sameAddress, certificate = certificateArn) {
    const edge = { ...stages.dev.edge, certificateArn: certificate };
    const { code, out } = await runAgainst(['doctor', '--stage', 'dev', '--json'], {
      endpoint: emulator.endpoint,
      command: doctorCommandWith(lookUp),
      stages: { dev: { ...stages.dev, edge } },
    });
    const findings: NamedFinding[] = JSON.parse(out).findings;
    const checksOf = (state: string) => findings.filter((one) => one.state === state).map(({ check }) => check);
    return { code, findings, faults: checksOf('fault'), unknown: checksOf('unknown') };
  }

  test('finds a healthy one healthy, and says what the emulator cannot tell', async () => {
    const { code, faults, unknown, findings } = await examine();
    expect({ code, faults, unknown }).toEqual({
      code: 0,
      faults: [],
      // The emulator has neither defaults of quotas nor AWS Backup.
      unknown: ['quota: vCPUs of Fargate', 'backups'],
    });
    expect(findings).toHaveLength(24);
  });

  const parameter = async (name: string) =>
    (await clients.ssm.send(new GetParameterCommand({ Name: name }))).Parameter!.Value!;
  const put = (name: string, Value: string) =>
    clients.ssm.send(new PutParameterCommand({ Name: name, Value, Type: 'String', Overwrite: true }));
  const keyOf = async (name: string) => {
    const key = await clients.kms.send(new DescribeKeyCommand({ KeyId: `alias/${names.base}/${name}` }));
    return key.KeyMetadata!.KeyId!;
  };
  const setAlarm = (StateValue: StateValue) =>
    clients.cloudWatch.send(new SetAlarmStateCommand({ AlarmName: alarm, StateValue, StateReason: 'a test' }));
  const target = async () => {
    const { TargetGroups = [] } = await clients.elb.send(new DescribeTargetGroupsCommand({}));
    return { TargetGroupArn: TargetGroups[0]?.TargetGroupArn, Targets: [{ Id: '10.20.0.10', Port: 8000 }] };
  };
  const runAnother = (digest: () => Promise<string>) => async () => {
    const before = await parameter(names.imageDigestParameter);
    await put(names.imageDigestParameter, await digest());
    return () => put(names.imageDigestParameter, before);
  };

  interface Planted {
    readonly what: string;
    /** Breaks one thing. @returns what mends it */
    readonly plant: () => Promise<() => Promise<unknown>>;
    readonly found: readonly string[];
    readonly saw: RegExp;
    readonly fix: RegExp;
  }

  const planted: readonly Planted[] = [
    {
      what: 'an account that is not bootstrapped',
      async plant() {
        const name = '/cdk-bootstrap/hnb659fds/version';
        await clients.ssm.send(new DeleteParameterCommand({ Name: name }));
        return () => put(name, '30');
      },
      found: ['bootstrap'],
      saw: /not bootstrapped/,
      fix: /^npx cdk bootstrap aws:\/\/123456789012\/us-east-1$/,
    },
    {
      what: 'a bootstrap that is too old',
      async plant() {
        await put('/cdk-bootstrap/hnb659fds/version', '5');
        return () => put('/cdk-bootstrap/hnb659fds/version', '30');
      },
      found: ['bootstrap'],
      saw: /version 5, older than 6/,
      fix: /^npx cdk bootstrap/,
    },
    {
      what: 'a key that is disabled',
      async plant() {
        const KeyId = await keyOf('data');
        await clients.kms.send(new DisableKeyCommand({ KeyId }));
        return () => clients.kms.send(new EnableKeyCommand({ KeyId }));
      },
      found: ['KMS keys'],
      saw: /^data is Disabled$/,
      fix: /^aws kms enable-key --key-id [0-9a-f-]{36}$/,
    },
    {
      what: 'a key that does not rotate',
      async plant() {
        const KeyId = await keyOf('audit');
        await clients.kms.send(new DisableKeyRotationCommand({ KeyId }));
        return () => clients.kms.send(new EnableKeyRotationCommand({ KeyId }));
      },
      found: ['KMS keys'],
      saw: /^audit does not rotate$/,
      fix: /^aws kms enable-key-rotation/,
    },
    {
      what: 'a trail that was stopped',
      async plant() {
        await clients.cloudTrail.send(new StopLoggingCommand({ Name: names.trail }));
        return () => clients.cloudTrail.send(new StartLoggingCommand({ Name: names.trail }));
      },
      found: ['CloudTrail'],
      saw: /does not log/,
      fix: /^aws cloudtrail start-logging --name healthcare-ai-dev-us-east-1$/,
    },
    {
      what: 'GuardDuty that was suspended',
      async plant() {
        const { DetectorIds } = await clients.guardDuty.send(new ListDetectorsCommand({}));
        const DetectorId = DetectorIds![0]!;
        await clients.guardDuty.send(new UpdateDetectorCommand({ DetectorId, Enable: false }));
        return () => clients.guardDuty.send(new UpdateDetectorCommand({ DetectorId, Enable: true }));
      },
      found: ['GuardDuty'],
      saw: /it is DISABLED/,
      fix: /^aws guardduty update-detector/,
    },
    {
      what: 'a log that is kept too short',
      async plant() {
        const logGroupName = names.logGroups.audit;
        await clients.logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 7 }));
        return () => clients.logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 365 }));
      },
      found: ['log groups'],
      saw: /audit keeps 7, not 365 days/,
      fix: /^aws logs put-retention-policy --log-group-name \/healthcare-ai\/dev\/audit --retention-in-days 365$/,
    },
    {
      what: 'an image that is not in the repository',
      plant: runAnother(async () => `sha256:${'0'.repeat(64)}`),
      found: ['image', 'service'],
      saw: /There is no image sha256:0{64}/,
      fix: /^npm run ops -- rollback --stage dev/,
    },
    {
      what: 'an image that needs a newer schema than there is',
      plant: runAnother(() => pushImage(clients, 'v2', 2)),
      found: ['schema', 'service'],
      saw: /version 1 since .*; the image needs 2/,
      fix: /^npm run ops -- rollout sha256:[0-9a-f]{64} --stage dev$/,
    },
    {
      what: 'a target that is gone',
      async plant() {
        await clients.elb.send(new DeregisterTargetsCommand(await target()));
        return async () => clients.elb.send(new RegisterTargetsCommand(await target()));
      },
      found: ['targets'],
      saw: /none of 0 is healthy/,
      fix: /npm run ops -- logs/,
    },
    {
      what: 'an alarm that rings',
      async plant() {
        await setAlarm('ALARM');
        return () => setAlarm('OK');
      },
      found: ['alarms'],
      saw: new RegExp(`in alarm: ${alarm}$`),
      fix: /^aws cloudwatch describe-alarms/,
    },
    {
      what: 'a change whose process is gone',
      async plant() {
        const name = '/healthcare-ai/dev/change';
        const record = {
          id: 'x',
          kind: 'rollout',
          to: 'v2',
          step: 'migrate',
          startedAt: new Date().toISOString(),
          operator: 'me',
        };
        await put(name, JSON.stringify({ ...record, ...thisProcess(), pid: 2 ** 22 + 1 }));
        return () => clients.ssm.send(new DeleteParameterCommand({ Name: name }));
      },
      found: ['changes'],
      saw: /was interrupted at "migrate"/,
      fix: /npm run ops -- rollback/,
    },
  ];

  test.each(planted)('finds $what, and says how to mend it', async ({ plant, found, saw, fix }) => {
    const mend = await plant();
    const { code, faults, findings } = await examine();
    await mend();
    expect({ code, faults }).toEqual({ code: 1, faults: found });
    const finding = findings.find(({ check }) => check === found[0])!;
    expect(finding.saw).toMatch(saw);
    expect(finding.fix).toMatch(fix);
  });

  test('finds a certificate that soon ends, is for another name, or is not there', async () => {
    const of = async (arn: string) => {
      const { faults, findings } = await examine(sameAddress, arn);
      expect(faults).toEqual(['certificate']);
      return findings.find(({ check }) => check === 'certificate')!;
    };
    const ending = await of(await importCertificate(clients, 'notes.dev.example.org', 10));
    expect(ending).toMatchObject({
      saw: expect.stringMatching(/ends in (9|10) days/),
      fix: expect.stringMatching(/^aws acm import-certificate/),
    });
    const other = await of(await importCertificate(clients, 'elsewhere.example.org', 365));
    expect(other.saw).toContain('not for notes.dev.example.org');
    const none = await of(`${certificateArn.slice(0, -1)}x`);
    expect(none.saw).toContain('there is no certificate');
  });

  test('finds a name that does not lead to the load balancer', async () => {
    const address = async (lookUp: LookUp) => {
      const { faults, findings } = await examine(lookUp);
      const { state, saw, fix } = findings.find(({ check }) => check === 'address')!;
      return { faults, state, saw, fix };
    };
    const toOther: LookUp = async (name) => [name.endsWith('amazonaws.com') ? '192.0.2.1' : '198.51.100.1'];
    expect(await address(toOther)).toMatchObject({
      faults: ['address'],
      saw: 'notes.dev.example.org is 198.51.100.1, the load balancer 192.0.2.1',
      fix: expect.stringMatching(/^make notes.dev.example.org an alias, or a CNAME, of .*amazonaws.com$/),
    });
    const noName: LookUp = async (name) => (name.endsWith('amazonaws.com') ? ['192.0.2.1'] : []);
    expect(await address(noName)).toMatchObject({
      faults: ['address'],
      saw: expect.stringContaining('does not resolve'),
    });
    const noAnswer: LookUp = async () => {
      throw Object.assign(new Error('timeout'), { code: 'ETIMEOUT' });
    };
    expect(await address(noAnswer)).toMatchObject({ faults: [], state: 'unknown' });
  });

  test('finds many faults at once, and an endpoint that was deleted', async () => {
    const { VpcEndpoints = [] } = await clients.ec2.send(new DescribeVpcEndpointsCommand({}));
    const { VpcEndpointId } = VpcEndpoints[0]!;
    await clients.ec2.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: [VpcEndpointId!] }));
    await clients.kms.send(new DisableKeyCommand({ KeyId: await keyOf('data') }));
    await setAlarm('ALARM');
    const { faults, findings } = await examine();
    expect(faults).toEqual(['KMS keys', 'VPC endpoints', 'alarms']);
    expect(findings.find(({ check }) => check === 'VPC endpoints')!.saw).toContain(VpcEndpointId);
  });
});
