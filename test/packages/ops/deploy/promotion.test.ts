import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClients } from '@healthcare-ai/ops/aws/clients';
import type { SourceStage } from '@healthcare-ai/ops/deploy/promotion';
import { namesOf } from '../../../../lib/config/names.ts';
import { AwsFault, type AwsServer, startAwsServer } from '../support/aws-server.ts';
import { others } from '../support/world/others.ts';
import { ACCOUNT, names, type StoredImage, World } from '../support/world/world.ts';
import { Account } from './account.ts';
import { type Deployed, runDeploy } from './run-deploy.ts';

// The simulated account that is deployed is that of dev; its image comes from the account of staging.
const SOURCE_ACCOUNT = '444455556666';
const SOURCE_REGISTRY = `${SOURCE_ACCOUNT}.dkr.ecr.us-east-1.amazonaws.com`;
const sourceNames = namesOf('staging', 'us-east-1');

let folder: string;
let source: AwsServer;
let tested: StoredImage;
let sourceWorld: World;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'healthcare-ai-promotion-'));
  sourceWorld = new World();
  tested = sourceWorld.push({ tag: '1.2.0-abc' });
  sourceWorld.put(sourceNames.imageDigestParameter, tested.digest, 'deploy change=first schema=3,1');
  const own: Readonly<Record<string, () => object>> = {
    'sts.GetCallerIdentity': () => ({ Account: SOURCE_ACCOUNT, Arn: `arn:aws:iam::${SOURCE_ACCOUNT}:user/o` }),
    'ecr.DescribeRepositories': () => ({
      repositories: [{ repositoryUri: `${SOURCE_REGISTRY}/${sourceNames.repository}` }],
    }),
    'ecr.GetAuthorizationToken': () => ({
      authorizationData: [
        { authorizationToken: btoa(`AWS:login of ${SOURCE_ACCOUNT}`), proxyEndpoint: `https://${SOURCE_REGISTRY}` },
      ],
    }),
  };
  source = await startAwsServer({
    answer: ({ name, input }) => {
      const [service, action] = name.split('.') as [string, string];
      const answer = own[name] ?? others[service]?.[action];
      if (answer === undefined) throw new AwsFault('UnknownOperationException', `the source does not know ${name}`);
      return answer(sourceWorld, input);
    },
  });
});
afterEach(async () => {
  await source.close();
  rmSync(folder, { recursive: true });
});

const sourceStage = (account?: string): SourceStage => ({
  stage: 'staging',
  names: sourceNames,
  account,
  clients: createClients({
    region: 'us-east-1',
    endpoint: source.endpoint,
    credentials: { accessKeyId: 'AKIDSOURCE', secretAccessKey: 'secret' },
    signal: new AbortController().signal,
  }),
});

/** Puts a skopeo on PATH that writes down how it was called, and the logins that it was lent. */
function skopeo(): void {
  const path = join(folder, 'skopeo');
  writeFileSync(
    path,
    `#!/bin/sh\necho "$*" > ${folder}/called\nfor word; do case $word in --authfile=*) /bin/cat "\${word#*=}" > ${folder}/logins;; esac; done\n`,
  );
  chmodSync(path, 0o755);
}

const called = () => (existsSync(join(folder, 'called')) ? readFileSync(join(folder, 'called'), 'utf8').trim() : '');

interface Promoted extends Deployed {
  readonly account: Account;

  /** What changed, and what was asked of the source, in order. */
  readonly journal: readonly string[];
}

interface Given {
  readonly digest?: string;
  readonly from?: SourceStage;

  /** What stands in the repository once skopeo has copied. @default - the image, bit for bit */
  readonly arrives?: StoredImage;

  /** Account that was promoted to before. @default - an empty one */
  readonly to?: Account;
}

function emptyAccount(): Account {
  const world = new World();
  world.images.length = 0;
  world.parameters.clear();
  return new Account(world);
}

/** Deploys an account with an image of the other. */
async function promoted(given: Given = {}): Promise<Promoted> {
  const { digest, from = sourceStage(), arrives = tested, to: account = emptyAccount() } = given;
  const { world } = account;
  const journal: string[] = [];
  const server = await account.start({
    before: ({ name, input }) => {
      if (name.startsWith('ecr.') && name !== 'ecr.GetAuthorizationToken') {
        if (!account.stacks.has(`${names.base}-registry`)) return new AwsFault('RepositoryNotFoundException', 'none');
        const tag = `from-staging-${tested.digest.slice(7, 19)}`;
        if (called() !== '' && world.images.length === 0) world.images.push({ ...arrives, tag });
      }
      if (/^(ecs.RunTask|ssm.PutParameter)/.test(name) && input.Name !== names.changeParameter) journal.push(name);
      return undefined;
    },
  });
  try {
    const ran = await runDeploy(account, server.endpoint, { digest, from, path: folder });
    return { ...ran, account, journal };
  } finally {
    await server.close();
  }
}

describe('A promotion to an empty account', () => {
  it('copies the image that the other stage runs, bit for bit, and runs that digest', async () => {
    skopeo();
    const { failure, said, account, cdk, journal } = await promoted();
    expect(failure).toBeUndefined();
    expect(said).toContain(`staging in account ${SOURCE_ACCOUNT} runs ${tested.digest}`);
    expect(called()).toMatch(
      new RegExp(
        `^copy --all --preserve-digests --authfile=\\S+ docker://${SOURCE_REGISTRY}/${sourceNames.repository}@${tested.digest} docker://${ACCOUNT}\\S+/${names.repository}:from-staging-[0-9a-f]{12}$`,
      ),
    );
    expect(account.world.value(names.imageDigestParameter)).toBe(tested.digest);
    expect(account.stacks.get(`${names.base}-service`)?.digest).toBe(tested.digest);
    expect(cdk).toEqual(['audit', 'account', 'network', 'registry', 'database', 'tasks', 'service', 'monitoring']);
    expect(journal).toEqual(['ssm.PutParameter', 'ecs.RunTask']);
  });

  it('logs in to each registry with the credentials of its account, and only reads in the source', async () => {
    skopeo();
    await promoted();
    expect(JSON.parse(readFileSync(join(folder, 'logins'), 'utf8'))).toEqual({
      auths: {
        [SOURCE_REGISTRY]: { auth: btoa(`AWS:login of ${SOURCE_ACCOUNT}`) },
        [`${ACCOUNT}.dkr.ecr.us-east-1.amazonaws.com`]: { auth: btoa(`AWS:login of ${ACCOUNT}`) },
      },
    });
    for (const { headers } of source.calls) expect(headers.authorization).toContain('Credential=AKIDSOURCE/');
    expect(new Set(source.calls.map(({ name }) => name))).toEqual(
      new Set([
        'sts.GetCallerIdentity',
        'ssm.GetParameter',
        'ssm.GetParameterHistory',
        'ecr.DescribeImages',
        'ecr.DescribeRepositories',
        'ecr.GetAuthorizationToken',
      ]),
    );
  });

  it('takes the image that is named instead, also when the other stage runs a newer one', async () => {
    skopeo();
    const newer = sourceWorld.push({ tag: '1.3.0-def' });
    sourceWorld.put(sourceNames.imageDigestParameter, newer.digest, 'deploy change=second schema=3,1');
    const { failure, account } = await promoted({ digest: tested.digest });
    expect(failure).toBeUndefined();
    expect(account.world.value(names.imageDigestParameter)).toBe(tested.digest);
  });
});

describe('A promotion that was made before', () => {
  it('copies nothing, and changes nothing', async () => {
    skopeo();
    const { account } = await promoted();
    rmSync(join(folder, 'skopeo'));
    writeFileSync(join(folder, 'called'), '');
    const { failure, said, cdk, journal } = await promoted({ to: account });
    expect(failure).toBeUndefined();
    expect(said).toContain(`runs ${tested.digest}, and so has ${names.repository}`);
    expect({ cdk, journal, called: called() }).toEqual({ cdk: [], journal: [], called: '' });
  });

  it('asks nothing of the other account for an image that is named', async () => {
    skopeo();
    const { account } = await promoted();
    const before = source.calls.length;
    const { failure } = await promoted({ to: account, digest: tested.digest });
    expect(failure).toBeUndefined();
    expect(source.calls.length).toBe(before);
  });
});

describe('A promotion that cannot be', () => {
  it.each([
    ['without skopeo', () => ({}), /skopeo, which is not on PATH\. Install it .* Nothing was changed\./],
    [
      'with credentials of an account that does not know the stage',
      () => {
        sourceWorld.parameters.clear();
        return {};
      },
      /Account 444455556666 knows no image of stage staging\. .*--from-profile; if it is, deploy staging first/,
    ],
    [
      'with credentials of another account than the stage has',
      () => ({ from: sourceStage('777788889999') }),
      /are of account 444455556666, and that stage belongs to 777788889999\. Give --from-profile/,
    ],
    [
      'of an image that is not there',
      () => ({ digest: `sha256:${'0'.repeat(64)}` }),
      /Account 444455556666 has no image sha256:0{64} in a repository healthcare-ai-staging\./,
    ],
    [
      'while the other stage changes its image',
      () => {
        const change = {
          ...{ id: 'c1', kind: 'rollout', to: `sha256:${'1'.repeat(64)}`, step: 'migrate' },
          ...{ startedAt: '2026-01-01T00:00:00.000Z', operator: 'o', machine: 'm', pid: 1 },
        };
        sourceWorld.put(sourceNames.changeParameter, JSON.stringify(change), undefined);
        return {};
      },
      /Stage staging is in the middle of a rollout to sha256:1+ \("migrate"\).*Wait for its end, or give --digest/,
    ],
    [
      'of an image that never came up, since the first deploy of the other stage failed',
      () => {
        sourceWorld.put(sourceNames.imageDigestParameter, tested.digest, 'failed change=first schema=3,1');
        return {};
      },
      /Stage staging has not come up with sha256:\w{12}: its deploy failed\. .*Nothing was changed\./,
    ],
  ])('%s is reported before anything is made', async (what, given, message) => {
    if (what !== 'without skopeo') skopeo();
    const { failure, cdk, journal } = await promoted(given());
    expect(failure).toMatch(message);
    expect({ cdk, journal, called: called() }).toEqual({ cdk: [], journal: [], called: '' });
  });

  it('because the copy was cut off is taken up by the same command', async () => {
    const path = join(folder, 'skopeo');
    writeFileSync(path, '#!/bin/sh\necho "writing blob: connection reset by peer" >&2\nexit 1\n');
    chmodSync(path, 0o755);
    const to = emptyAccount();
    const { failure, journal } = await promoted({ to });
    expect(failure).toMatch(/^skopeo copy failed: writing blob: connection reset by peer/);
    expect(journal).toEqual([]);
    skopeo();
    const again = await promoted({ to });
    expect(again.failure).toBeUndefined();
    expect(again.cdk).toEqual(['tasks', 'service', 'monitoring']);
    expect(to.world.value(names.imageDigestParameter)).toBe(tested.digest);
  });

  it('because another digest arrived ends before the stage names an image', async () => {
    skopeo();
    const other = new World().push({ tag: 'recompressed' });
    const { failure, journal } = await promoted({ arrives: other });
    expect(failure).toMatch(
      new RegExp(`The copy of ${tested.digest} arrived as ${other.digest}: what was tested is not what would run`),
    );
    expect(journal).toEqual([]);
  });
});
