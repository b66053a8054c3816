import {
  DescribeImageScanFindingsCommand,
  type DescribeImageScanFindingsCommandOutput,
  StartImageScanCommand,
} from '@aws-sdk/client-ecr';
import type { OpsContext } from '../context.ts';
import { OpsFailure } from '../errors.ts';
import { waitFor } from '../wait.ts';
import { short } from './digest.ts';
import type { FoundImage } from './image.ts';

type ScanContext = Pick<OpsContext, 'clients' | 'names' | 'clock' | 'signal' | 'timeoutMs' | 'output'>;

export interface ScanResult {
  /** Findings by severity. */
  readonly counts: Readonly<Record<string, number>>;

  /** Why the image should not run; undefined if nothing speaks against it. */
  readonly fault: string | undefined;
}

/** `ACTIVE` is what continuous (enhanced) scanning says of an image it watches. */
const finished = new Set(['COMPLETE', 'ACTIVE']);
const underWay = new Set(['IN_PROGRESS', 'PENDING']);

/** What the scan of an image found; starts one where there was none, and waits for it. */
export async function scanResult(context: ScanContext, image: FoundImage): Promise<ScanResult> {
  const found = await waitFor(context, {
    what: `the scan of ${short(image.platformDigest)}`,
    look: () => look(context, image),
  });
  const { status, description } = found.imageScanStatus ?? {};
  const counts = found.imageScanFindings?.findingSeverityCounts ?? {};
  if (!finished.has(status ?? '')) {
    return { counts, fault: `its scan ended as ${status}${description ? ` (${description})` : ''}` };
  }
  const critical = counts.CRITICAL ?? 0;
  return {
    counts,
    fault:
      critical > 0 ? `its scan has ${critical} critical finding${critical === 1 ? '' : 's'}${named(found)}` : undefined,
  };
}

async function look(
  context: ScanContext,
  { platformDigest }: FoundImage,
): Promise<DescribeImageScanFindingsCommandOutput | undefined> {
  const image = { repositoryName: context.names.repository, imageId: { imageDigest: platformDigest } };
  try {
    const found = await context.clients.ecr.send(new DescribeImageScanFindingsCommand(image));
    if (!underWay.has(found.imageScanStatus?.status ?? '')) return found;
  } catch (error) {
    if ((error as Error).name !== 'ScanNotFoundException') throw error;
    context.output.progress('The image was never scanned: starting a scan');
    await context.clients.ecr.send(new StartImageScanCommand(image));
  }
  return undefined;
}

function named({ imageScanFindings }: DescribeImageScanFindingsCommandOutput): string {
  const basic = imageScanFindings?.findings?.filter(({ severity }) => severity === 'CRITICAL').map(({ name }) => name);
  const enhanced = imageScanFindings?.enhancedFindings
    ?.filter(({ severity }) => severity === 'CRITICAL')
    .map(({ packageVulnerabilityDetails, title }) => packageVulnerabilityDetails?.vulnerabilityId ?? title);
  const names = [...new Set([...(basic ?? []), ...(enhanced ?? [])])].slice(0, 5);
  return names.length === 0 ? '' : `: ${names.join(', ')}`;
}

/** @throws OpsFailure when the scan speaks against the image */
export async function requireScanned(context: ScanContext, image: FoundImage): Promise<ScanResult> {
  const result = await scanResult(context, image);
  if (result.fault === undefined) return result;
  throw new OpsFailure(
    `${short(image.digest)} is not rolled out: ${result.fault}. Rebuild it on a repaired base; --despite-findings is for emergencies.`,
  );
}
