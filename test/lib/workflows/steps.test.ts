import { contract } from '@healthcare-ai/contract';
import { answers, describeWhere } from '../support/program.ts';
import { scriptOf, steps } from './files.ts';
import { StepFolder } from './stand-ins.ts';

let folder: StepFolder;
const within = (programs: Readonly<Record<string, string>>) => {
  folder = new StepFolder(programs);
  return folder;
};
afterEach(() => folder.remove());

describe('The comment of the template diff', () => {
  const script = scriptOf('Comment');

  it('says the sum first, and holds the changes', () => {
    const { write, read } = bound(within({}));
    write('diff.txt', 'Stack healthcare-ai-dev-service\n[~] AWS::ECS::Service\n1 stacks change: 0 resources added\n');
    expect(folder.run(script)).toEqual({ code: 0, out: '' });
    expect(read('comment.md')).toMatch(
      /^<!-- template-diff -->\n\*\*Templates:\*\* 1 stacks change: 0 resources added\n/,
    );
    expect(read('comment.md')).toContain('[~] AWS::ECS::Service');
    expect(read('summary')).toBe(read('comment.md'));
  });

  it('stays below what GitHub takes, and says that it was cut', () => {
    const { write, read } = bound(within({}));
    write('diff.txt', `${'x'.repeat(99)}\n`.repeat(2_000));
    expect(folder.run(script).code).toBe(0);
    expect(read('comment.md').length).toBeLessThan(65_536);
    expect(read('comment.md')).toContain('Cut here');
  });

  const post = scriptOf('Write, or replace, the comment');
  const env = { GH_TOKEN: 'token', REPOSITORY: 'example/kit', PULL_REQUEST: '7' };

  it('is written once', () => {
    within({ gh: '' });
    expect(folder.run(post, env).code).toBe(0);
    expect(folder.calls.at(-1)).toBe(
      'gh api --method POST repos/example/kit/issues/7/comments --field body=@comment.md --silent',
    );
  });

  it('is replaced afterwards', () => {
    // So many that gh would be cut off, if they were not all read.
    within({ gh: 'case "$*" in *--paginate*) seq 41 50000;; esac' });
    expect(folder.run(post, env).code).toBe(0);
    expect(folder.calls.at(-1)).toBe(
      'gh api --method PATCH repos/example/kit/issues/comments/41 --field body=@comment.md --silent',
    );
  });
});

describeWhere(answers('jq', '--version'), 'jq is not here: the step that builds the image is not run')(
  'The build',
  () => {
    // What `docker buildx build --output type=oci` writes, as far as it is read: an OCI layout whose index names one image index.
    const docker = `case "$*" in *type=oci*) printf '%s' "$INDEX" > index.json; tar --create --file image.tar index.json;; esac`;
    const script = scriptOf('Build for both architectures');
    // The annotations are those of the real script, which needs no account.
    const real = `cd ${process.cwd()} && exec ${process.execPath}`;
    const node = `case "$1" in scripts/*) ${real} "$@";; *) echo 0.1.0;; esac`;
    const programs = { docker, node, git: 'echo stamp' };
    const digest = `sha256:${'ab'.repeat(32)}`;

    it('hands on the digest of the index of both architectures', () => {
      within(programs);
      const index = { schemaVersion: 2, manifests: [{ mediaType: 'application/vnd.oci.image.index.v1+json', digest }] };
      expect(folder.run(script, { INDEX: JSON.stringify(index) })).toEqual({ code: 0, out: '' });
      expect(folder.read('output')).toBe(`digest=${digest}\n`);
      const both = folder.calls.filter((call) => call.includes('--platform linux/arm64,linux/amd64 '));
      expect(both).toHaveLength(1);
      const { version, oldestService } = contract.database.schema;
      expect(both[0]).toContain(` --annotation index:org.healthcare-ai.schema.version=${version} `);
      expect(both[0]).toContain(` --annotation index:org.healthcare-ai.schema.oldest-service=${oldestService} `);
    });

    it('fails where none exists', () => {
      within(programs);
      expect(folder.run(script, { INDEX: '{"manifests":[]}' }).code).not.toBe(0);
      expect(folder.read('output')).toBe('');
    });
  },
);

describe('The push', () => {
  const script = scriptOf('Push');
  const env = {
    STAGE: 'staging',
    DIGEST: `sha256:${'ab'.repeat(32)}`,
    REGISTRY: '111122223333.dkr.ecr.us-east-1.amazonaws.com',
    GITHUB_SHA: 'c0ffee',
  };

  it('brings the archive into the registry of the stage as it is', () => {
    within({ aws: '[ "$2" != describe-images ]', skopeo: '' });
    expect(folder.run(script, env).code).toBe(0);
    expect(folder.calls.at(-1)).toBe(
      `skopeo copy --all --preserve-digests oci-archive:image.tar docker://${env.REGISTRY}/healthcare-ai-staging:c0ffee-abababababab`,
    );
  });

  it('pushes nothing that is there', () => {
    within({ aws: '', skopeo: '' });
    expect(folder.run(script, env)).toMatchObject({ code: 0, out: `${env.DIGEST} is in healthcare-ai-staging\n` });
    expect(folder.calls.filter((call) => call.startsWith('skopeo'))).toEqual([]);
  });

  it('fails where the registry does not take it', () => {
    within({ aws: '[ "$2" != describe-images ]', skopeo: '[ "$1" = login ]' });
    expect(folder.run(script, env).code).not.toBe(0);
  });
});

describe('The nightly report', () => {
  const script = scriptOf('Open an issue, or add to the open one');
  const env = { GH_REPO: 'example/kit', RUN: 'https://github.com/example/kit/actions/runs/1' };

  it('opens an issue', () => {
    within({ gh: '' });
    expect(folder.run(script, env).code).toBe(0);
    expect(folder.calls.at(-1)).toBe(`gh issue create --title Nightly check failed --body ${env.RUN}`);
  });

  it('adds to the one that is open', () => {
    within({ gh: '[ "$2" = list ] && echo 12 || true' });
    expect(folder.run(script, env).code).toBe(0);
    expect(folder.calls.at(-1)).toBe(`gh issue comment 12 --body Again: ${env.RUN}`);
  });
});

it('A rollback follows a smoke test that failed, and not a deployment that ECS has taken back itself', () => {
  const rollback = steps.find(([where]) => where === 'action deploy-stage: Roll back')![1];
  expect(rollback.if).toBe("failure() && steps.smoke.outcome == 'failure'");
  const order = steps.map(([where]) => where).filter((where) => where.startsWith('action deploy-stage'));
  expect(order.slice(-4).map((where) => where.split(': ')[1])).toEqual(['Push', 'Deploy', 'Smoke test', 'Roll back']);
});

const bound = (one: StepFolder) => ({ write: one.write.bind(one), read: one.read.bind(one) });
