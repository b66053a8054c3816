import { createClients } from '@healthcare-ai/ops/aws/clients';
import { systemClock } from '@healthcare-ai/ops/clock';
import type { FoundImage } from '@healthcare-ai/ops/rollout/image';
import { scanResult } from '@healthcare-ai/ops/rollout/scan';
import { namesOf } from '../../../../lib/config/names.ts';
import { type AwsEndpoint, AwsFault, startAwsEndpoint } from '../support/aws-endpoint.ts';

let aws: AwsEndpoint;
afterEach(() => aws.stop());

const digest = `sha256:${'a'.repeat(64)}`;
const image = { digest, platformDigest: digest, tags: ['v1'] } as unknown as FoundImage;

/** Scans an image in a registry that answers the looks in turn, the last one forever. */
async function scan(looks: readonly (object | AwsFault)[], start?: AwsFault) {
  let look = 0;
  aws = await startAwsEndpoint({
    DescribeImageScanFindings: () => looks[Math.min(look++, looks.length - 1)]!,
    StartImageScan: () => start ?? { imageScanStatus: { status: 'IN_PROGRESS' } },
  });
  const { signal } = new AbortController();
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  const said: string[] = [];
  const result = await scanResult(
    {
      clients: createClients({ region: 'us-east-1', endpoint: aws.url, credentials, signal }),
      names: namesOf('dev', 'us-east-1'),
      clock: { now: systemClock.now, sleep: async () => {} },
      signal,
      timeoutMs: 60_000,
      output: { progress: (text: string) => said.push(text) } as unknown as Parameters<typeof scanResult>[0]['output'],
    },
    image,
  );
  return { ...result, said };
}

const never = new AwsFault('ScanNotFoundException', 'Image scan does not exist');
const complete = { imageScanStatus: { status: 'COMPLETE' }, imageScanFindings: { findingSeverityCounts: { LOW: 1 } } };
const active = { ...complete, imageScanStatus: { status: 'ACTIVE', description: 'Continuous scan is selected.' } };

test('an image that was never scanned is scanned', async () => {
  expect(await scan([never, complete])).toMatchObject({ counts: { LOW: 1 }, fault: undefined, warning: undefined });
  expect(aws.calls.map(({ operation }) => operation)).toContain('StartImageScan');
});

// https://github.com/alexjurkiewicz/ecr-scan-image/issues/44, /issues/45
test('Amazon Inspector refuses to start a scan, and has one a moment later', async () => {
  const refused = new AwsFault('ValidationException', 'This feature is disabled');
  expect(await scan([never, never, active], refused)).toMatchObject({ counts: { LOW: 1 }, fault: undefined });
});

test('a second scan within a day is refused, and the first is waited for', async () => {
  const refused = new AwsFault(
    'LimitExceededException',
    'The scan quota per image has been exceeded. Wait and try again.',
  );
  expect(await scan([never, complete], refused)).toMatchObject({ fault: undefined });
});

test('any other refusal to start a scan ends the wait', async () => {
  const refused = new AwsFault('AccessDeniedException', 'not authorized to perform: ecr:StartImageScan');
  await expect(scan([never, complete], refused)).rejects.toThrow(/ecr:StartImageScan/);
});

// https://github.com/aws/containers-roadmap/issues/2644
test.each([
  { status: 'UNSUPPORTED_IMAGE' },
  {
    status: 'FAILED',
    description: 'UnsupportedImageError: The operating system and/or package manager are not supported.',
  },
])('an image that ECR cannot scan is no fault, but a warning: $status', async (imageScanStatus) => {
  const { fault, warning } = await scan([{ imageScanStatus }]);
  expect(fault).toBeUndefined();
  expect(warning).toMatch(/^ECR cannot scan this image: .*npm run audit:dependencies/);
});

test('a scan that failed otherwise is a fault', async () => {
  const { fault } = await scan([{ imageScanStatus: { status: 'FAILED', description: 'internal error' } }]);
  expect(fault).toBe('its scan ended as FAILED (internal error)');
});
