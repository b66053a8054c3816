import { AwsFault, type AwsServer, type Trouble } from '../support/aws-server.ts';
import { canaries, runOps } from '../support/run-ops.ts';
import { startWorld } from '../support/world/start.ts';
import { World } from '../support/world/world.ts';

let server: AwsServer;
afterEach(() => server.close());

/** `status`, with trouble at one call; without `times`, always. */
async function statusWith(call: string, trouble: Trouble, times = Number.POSITIVE_INFINITY) {
  let left = times;
  server = await startWorld(new World(), {
    before: ({ name }) => {
      if (name !== call || left <= 0) return undefined;
      left -= 1;
      return trouble;
    },
  });
  // Only what never answers is waited for in vain: the server shares this process, and a busy one may be late.
  const requestTimeoutMs = trouble === 'hang' ? 1_500 : undefined;
  const ran = await runOps(server.endpoint, ['status', '--stage', 'dev'], { requestTimeoutMs });
  const attempts = server.calls.filter(({ name }) => name === call).length;
  return { ...ran, attempts };
}

/** AWS JSON 1.1, and the query protocol with its XML. */
const json = 'ecs.DescribeServices';
const query = 'cloudFormation.DescribeStacks';

const denied =
  'User: arn:aws:iam::111122223333:user/ada is not authorized to perform: ecs:DescribeServices on resource: arn:aws:ecs:us-east-1:111122223333:service/x because no identity-based policy allows it';
const signature = `The request signature we calculated does not match the signature you provided.\n\nThe Canonical String for this request should have been\n'POST\nx-amz-security-token:${canaries.AWS_SESSION_TOKEN}'`;
const expired = `Signature expired: 20261123T100000Z is now earlier than 20261123T101500Z (20261123T102000Z - 5 min.)`;

const AGAIN = 4;

test.each<[what: string, call: string, trouble: Trouble, attempts: number, line: RegExp]>([
  [
    'throttling',
    json,
    new AwsFault('ThrottlingException', 'Rate exceeded'),
    AGAIN,
    /^AWS asks to slow down \(ECS DescribeServices, tried 4 times\)/,
  ],
  [
    'throttling',
    query,
    new AwsFault('Throttling', 'Rate exceeded'),
    AGAIN * 2,
    /^AWS asks to slow down \(CloudFormation DescribeStacks, tried 4 times\)/,
  ],
  [
    'an expired token',
    json,
    new AwsFault('ExpiredTokenException', 'The security token included in the request is expired'),
    1,
    /^The AWS credentials have expired\. Log in again/,
  ],
  [
    'an expired token',
    query,
    new AwsFault('ExpiredToken', 'The security token included in the request is expired', 403),
    2,
    /^The AWS credentials have expired\. Log in again/,
  ],
  [
    'unknown credentials',
    json,
    new AwsFault('UnrecognizedClientException', 'The security token included in the request is invalid.'),
    1,
    /^AWS does not know these credentials/,
  ],
  [
    'unknown credentials',
    query,
    new AwsFault('InvalidClientTokenId', 'The security token included in the request is invalid.', 403),
    2,
    /^AWS does not know these credentials/,
  ],
  [
    'access denied',
    json,
    new AwsFault('AccessDeniedException', denied),
    1,
    /^Not allowed: ecs:DescribeServices on arn:aws:ecs:us-east-1:111122223333:service\/x\. Ask for this right/,
  ],
  [
    'access denied',
    query,
    new AwsFault('AccessDenied', denied, 403),
    2,
    /^Not allowed: ecs:DescribeServices on arn:aws/,
  ],
  [
    'something not found',
    json,
    new AwsFault('ClusterNotFoundException', 'Cluster not found.'),
    1,
    /^Not found \(ECS DescribeServices\): Cluster not found\. Check --stage/,
  ],
  ['a wrong signature', json, new AwsFault('InvalidSignatureException', signature), 1, /^AWS refuses the signature/],
  ['a wrong signature', query, new AwsFault('SignatureDoesNotMatch', signature, 403), 2, /^AWS refuses the signature/],
  [
    'a fault of AWS',
    json,
    new AwsFault('ServerException', 'Service Unavailable.', 500),
    AGAIN,
    /^AWS failed \(ECS DescribeServices, HTTP 500, tried 4 times\)/,
  ],
  [
    'a fault of AWS',
    query,
    new AwsFault('InternalFailure', 'x', 500),
    AGAIN * 2,
    /^AWS failed \(CloudFormation DescribeStacks, HTTP 500, tried 4 times\)/,
  ],
  [
    'a cut connection',
    json,
    'cut',
    AGAIN,
    /^AWS could not be reached \(ECS DescribeServices, ECONNRESET, tried 4 times\)/,
  ],
  [
    'a call that is never answered',
    json,
    'hang',
    AGAIN,
    /^AWS could not be reached \(ECS DescribeServices, (TimeoutError|ETIMEDOUT), tried 4 times\)/,
  ],
  [
    'an error that nobody knows',
    json,
    new AwsFault('InvalidParameterException', 'The x is wrong.'),
    1,
    /^ECS DescribeServices was refused \(InvalidParameterException\): The x is wrong$/m,
  ],
])('%s at %s is one clear line and exit code 1', async (_what, call, trouble, attempts, line) => {
  const ran = await statusWith(call, trouble);
  expect({ code: ran.code, out: ran.out }).toEqual({ code: 1, out: '' });
  expect(ran.err).toMatch(line);
  expect(ran.err.trim().split('\n')).toHaveLength(1);
  // Two stacks are asked for at once.
  expect(ran.attempts).toBeLessThanOrEqual(attempts);
  expect(ran.attempts).toBeGreaterThanOrEqual(call === query ? Math.min(attempts, attempts / 2) : attempts);
  for (const canary of Object.values(canaries)) expect(ran.err).not.toContain(canary);
});

test('a clock that is wrong is named', async () => {
  const ran = await statusWith(json, new AwsFault('InvalidSignatureException', expired));
  expect(ran.code).toBe(1);
  expect(ran.err).toMatch(/^The clock of this machine is wrong/);
});

test.each<[Trouble]>([
  [new AwsFault('ThrottlingException', 'Rate exceeded')],
  [new AwsFault('ServerException', 'x', 503)],
  ['cut'],
])('a transient error is retried, and not even reported', async (trouble) => {
  const { code, err, attempts } = await statusWith(json, trouble, 2);
  expect({ code, err, attempts }).toEqual({ code: 0, err: '', attempts: 3 });
});

test('a service that cannot be asked leaves the rest of the status', async () => {
  const { code, out } = await statusWith('elb.DescribeTargetHealth', new AwsFault('AccessDenied', denied, 403));
  expect(code).toBe(0);
  expect(out).toMatch(/^Targets: not available\. Not allowed: ecs:DescribeServices/m);
  expect(out).toMatch(/^ALARMS: 1$/m);
});

test('an endpoint that is down is one clear line', async () => {
  server = await startWorld(new World());
  const { endpoint } = server;
  await server.close();
  const { code, err } = await runOps(endpoint, ['status', '--stage', 'dev']);
  expect(code).toBe(1);
  expect(err).toMatch(/^AWS could not be reached \(\w+ \w+, ECONNREFUSED, tried 4 times\).*\n$/);
  server = await startWorld(new World());
});

test('in the middle of a change it is said in what state things are', async () => {
  const world = new World();
  world.push({ tag: 'v2' });
  server = await startWorld(world, {
    before: ({ name }) => (name === 'ecs.RunTask' ? new AwsFault('ExpiredTokenException', 'expired') : undefined),
  });
  const { code, err } = await runOps(server.endpoint, ['rollout', 'v2', '--stage', 'dev', '--yes']);
  expect(code).toBe(1);
  expect(err).toMatch(/The AWS credentials have expired.*The rollout to sha256:\w+ is incomplete/);
  expect(world.agreement).toMatchObject({ ssm: 'v2', stacks: ['v2', 'v1'] });
});

test.each(['ssm.PutParameter', 'cloudFormation.UpdateStack', 'ecs.RunTask', 'ssm.DeleteParameter'])(
  'an answer to %s that is lost each time is no harm: the call is repeated, and changes nothing twice',
  async (lost) => {
    const world = new World();
    world.push({ tag: 'v2' });
    let last = '';
    server = await startWorld(world, {
      after: ({ name, input }) => {
        const call = JSON.stringify([name, input]);
        if (name !== lost || call === last) return undefined;
        last = call;
        return 'cut';
      },
    });
    const { code, err } = await runOps(server.endpoint, ['rollout', 'v2', '--stage', 'dev', '--yes']);
    expect({ code, err }).toMatchObject({ code: 0 });
    expect(world.agreement).toEqual({ ssm: 'v2', stacks: ['v2', 'v2'], runs: 'v2', change: undefined });
    expect(world.tasks.filter(({ family }) => family.endsWith('-migrate'))).toHaveLength(1);
  },
);
