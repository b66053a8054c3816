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
const invalid = 'The security token included in the request is invalid.';
const gone = 'The security token included in the request is expired';

/** `CALL` is replaced by the name of the call. The query protocol has its own error codes. */
const troubles: readonly (readonly [what: string, tries: number, line: RegExp, json: Trouble, query?: AwsFault])[] = [
  [
    'throttling',
    AGAIN,
    /^AWS asks to slow down \(CALL, tried 4 times\)/,
    new AwsFault('ThrottlingException', 'Rate exceeded'),
    new AwsFault('Throttling', 'Rate exceeded'),
  ],
  [
    'an expired token',
    1,
    /^The AWS credentials have expired\. Log in again/,
    new AwsFault('ExpiredTokenException', gone),
    new AwsFault('ExpiredToken', gone, 403),
  ],
  [
    'unknown credentials',
    1,
    /^AWS does not know these credentials/,
    new AwsFault('UnrecognizedClientException', invalid),
    new AwsFault('InvalidClientTokenId', invalid, 403),
  ],
  [
    'access denied',
    1,
    /^Not allowed: ecs:DescribeServices on arn:aws:ecs:us-east-1:111122223333:service\/x\. Ask for this right/,
    new AwsFault('AccessDeniedException', denied),
    new AwsFault('AccessDenied', denied, 403),
  ],
  [
    'something not found',
    1,
    /^Not found \(CALL\): Cluster not found\. Check --stage/,
    new AwsFault('ClusterNotFoundException', 'Cluster not found.'),
  ],
  [
    'a wrong signature',
    1,
    /^AWS refuses the signature/,
    new AwsFault('InvalidSignatureException', signature),
    new AwsFault('SignatureDoesNotMatch', signature, 403),
  ],
  [
    'a fault of AWS',
    AGAIN,
    /^AWS failed \(CALL, HTTP 500, tried 4 times\)/,
    new AwsFault('ServerException', 'Service Unavailable.', 500),
    new AwsFault('InternalFailure', 'x', 500),
  ],
  ['a cut connection', AGAIN, /^AWS could not be reached \(CALL, ECONNRESET, tried 4 times\)/, 'cut'],
  [
    'a call that is never answered',
    AGAIN,
    /^AWS could not be reached \(CALL, (TimeoutError|ETIMEDOUT), tried 4 times\)/,
    'hang',
  ],
  [
    'an error that nobody knows',
    1,
    /^CALL was refused \(InvalidParameterException\): The x is wrong$/m,
    new AwsFault('InvalidParameterException', 'The x is wrong.'),
  ],
];

const named: Readonly<Record<string, string>> = {
  [json]: 'ECS DescribeServices',
  [query]: 'CloudFormation DescribeStacks',
};

test.each(
  troubles.flatMap(([what, tries, line, ofJson, ofQuery]) => [
    { what, call: json, trouble: ofJson, tries, line },
    ...(ofQuery ? [{ what, call: query, trouble: ofQuery, tries, line }] : []),
  ]),
)('$what at $call is one clear line and exit code 1', async ({ call, trouble, tries, line }) => {
  const ran = await statusWith(call, trouble);
  expect({ code: ran.code, out: ran.out }).toEqual({ code: 1, out: '' });
  expect(ran.err.replace(named[call]!, 'CALL')).toMatch(line);
  expect(ran.err.trim().split('\n')).toHaveLength(1);
  // Two stacks are asked for at once.
  expect(ran.attempts).toBeGreaterThanOrEqual(tries);
  expect(ran.attempts).toBeLessThanOrEqual(call === query ? tries * 2 : tries);
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
