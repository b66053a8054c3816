import {
  DescribeImageScanFindingsCommand,
  type DescribeImageScanFindingsCommandOutput,
  StartImageScanCommand,
  type StartImageScanCommandInput,
} from '@aws-sdk/client-ecr';
import { unlessMissing } from '../aws/unless-missing.ts';
import type { OpsContext } from '../context.ts';
import { OpsFailure } from '../errors.ts';
import { waitFor } from '../wait.ts';
import { short } from './digest.ts';
import type { FoundImage } from './image.ts';

type ScanContext = Pick<OpsContext, 'clients' | 'names' | 'clock' | 'signal' | 'timeoutMs' | 'output'>;

export interface ScanResult {
  /** Findings by severity. */
  readonly counts: Readonly<Record<string, number>>;

  /** Why the image must not run; undefined if it may. */
  readonly fault: string | undefined;

  /** What the operator must know although the image may run. */
  readonly warning: string | undefined;
}

/** `ACTIVE` is the state under continuous (enhanced) scanning, by Amazon Inspector. */
export const finished: ReadonlySet<string> = new Set(['COMPLETE', 'ACTIVE']);
const underWay = new Set(['IN_PROGRESS', 'PENDING']);

/**
 * Refusals of StartImageScan after which a scan still comes. Under enhanced scanning, Inspector scans by itself
 * (https://github.com/alexjurkiewicz/ecr-scan-image/issues/44); basic scanning allows one scan of an image per day.
 */
const comesByItself = new Set(['ValidationException', 'LimitExceededException']);

/** Basic scanning does not know every base image: https://github.com/aws/containers-roadmap/issues/2644 */
export const isUnsupported = ({ imageScanStatus }: DescribeImageScanFindingsCommandOutput): boolean =>
  imageScanStatus?.status === 'UNSUPPORTED_IMAGE' || /UnsupportedImage/.test(imageScanStatus?.description ?? '');

/** Waits for the scan of an image, and starts one where none exists. */
export async function scanResult(context: ScanContext, image: FoundImage): Promise<ScanResult> {
  const found = await waitFor(context, {
    what: `the scan of ${short(image.platformDigest)}`,
    look: () => look(context, image),
  });
  const { status, description } = found.imageScanStatus ?? {};
  const counts = found.imageScanFindings?.findingSeverityCounts ?? {};
  const ended = `${status}${description ? ` (${description})` : ''}`;
  if (isUnsupported(found)) {
    const warning = `ECR cannot scan this image: ${ended}. Scan its packages with npm run audit:dependencies, or enable enhanced scanning.`;
    return { counts, fault: undefined, warning };
  }
  if (!finished.has(status ?? '')) return { counts, fault: `its scan ended as ${ended}`, warning: undefined };
  const critical = counts.CRITICAL ?? 0;
  const fault =
    critical > 0 ? `its scan has ${critical} critical finding${critical === 1 ? '' : 's'}${named(found)}` : undefined;
  return { counts, fault, warning: undefined };
}

async function look(
  context: ScanContext,
  { platformDigest }: FoundImage,
): Promise<DescribeImageScanFindingsCommandOutput | undefined> {
  const image = { repositoryName: context.names.repository, imageId: { imageDigest: platformDigest } };
  const answer = context.clients.ecr.send(new DescribeImageScanFindingsCommand(image));
  const found = await unlessMissing('ScanNotFound', answer);
  if (found === undefined) await startScan(context, image);
  return underWay.has(found?.imageScanStatus?.status ?? '') ? undefined : found;
}

async function startScan({ clients, output }: ScanContext, image: StartImageScanCommandInput): Promise<void> {
  try {
    await clients.ecr.send(new StartImageScanCommand(image));
    output.progress('  The image has no scan yet: started one');
  } catch (error) {
    if (!comesByItself.has((error as Error).name)) throw error;
    output.progress(`  The image has no scan yet, and ECR starts it by itself (${(error as Error).message})`);
  }
}

function named({ imageScanFindings }: DescribeImageScanFindingsCommandOutput): string {
  const basic = imageScanFindings?.findings?.filter(({ severity }) => severity === 'CRITICAL').map(({ name }) => name);
  const enhanced = imageScanFindings?.enhancedFindings
    ?.filter(({ severity }) => severity === 'CRITICAL')
    .map(({ packageVulnerabilityDetails, title }) => packageVulnerabilityDetails?.vulnerabilityId ?? title);
  const names = [...new Set([...(basic ?? []), ...(enhanced ?? [])])].slice(0, 5);
  return names.length === 0 ? '' : `: ${names.join(', ')}`;
}

/** @throws OpsFailure when the scan has a fault */
export async function requireScanned(context: ScanContext, image: FoundImage): Promise<ScanResult> {
  const result = await scanResult(context, image);
  if (result.warning !== undefined) context.output.progress(`  WARNING ${result.warning}`);
  if (result.fault === undefined) return result;
  throw new OpsFailure(
    `${short(image.digest)} is not rolled out: ${result.fault}. Rebuild it on a repaired base; --despite-findings is for emergencies.`,
  );
}
