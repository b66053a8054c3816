import { DescribeImageScanFindingsCommand } from '@aws-sdk/client-ecr';
import { unlessMissing } from '../../aws/unless-missing.ts';
import { OpsFailure } from '../../errors.ts';
import { short } from '../../rollout/digest.ts';
import { currentDigest } from '../../rollout/history.ts';
import { type FoundImage, findImage } from '../../rollout/image.ts';
import { finished, isUnsupported } from '../../rollout/scan.ts';
import { type CheckInput, type DoctorCheck, deployCommand, fault, ok, Unknown } from '../check.ts';

/** The image that the stage is to run. @throws Unknown before the first deploy, or when another check reports it */
export async function wantedImage({ context }: CheckInput): Promise<FoundImage> {
  const digest = await currentDigest(context);
  if (digest === undefined) throw new Unknown('no image was named yet', deployCommand(context));
  try {
    return await findImage(context, digest);
  } catch (error) {
    if (error instanceof OpsFailure) throw new Unknown(`see "image": ${error.message}`);
    throw error;
  }
}

export const image: DoctorCheck = {
  name: 'image',
  async run({ context, stack }) {
    const digest = await currentDigest(context);
    if (digest === undefined) {
      const saw = `the parameter ${context.names.imageDigestParameter} does not exist yet`;
      if (await stack('service')) return fault(saw, deployCommand(context));
      throw new Unknown(saw, deployCommand(context));
    }
    try {
      const { tags } = await findImage(context, digest);
      return ok(`${short(digest)}${tags.length > 0 ? ` (${tags.join(', ')})` : ''}, for linux/arm64`);
    } catch (error) {
      if (!(error instanceof OpsFailure)) throw error;
      return fault(error.message, `npm run ops -- rollback --stage ${context.stage}, or push it again`);
    }
  },
};

export const scan: DoctorCheck = {
  name: 'image scan',
  async run(input) {
    const { context } = input;
    const { platformDigest } = await wantedImage(input);
    const repositoryName = context.names.repository;
    const start = `aws ecr start-image-scan --repository-name ${repositoryName} --image-id imageDigest=${platformDigest}`;
    const request = { repositoryName, imageId: { imageDigest: platformDigest } };
    const found = await unlessMissing(
      'ScanNotFound',
      context.clients.ecr.send(new DescribeImageScanFindingsCommand(request)),
    );
    if (found === undefined) throw new Unknown('the image was never scanned', start);
    const status = found.imageScanStatus?.status ?? 'UNKNOWN';
    if (isUnsupported(found)) {
      throw new Unknown('ECR cannot scan this image', 'npm run audit:dependencies, or enable enhanced scanning');
    }
    if (!finished.has(status)) throw new Unknown(`the scan is ${status}`, start);
    const counts = Object.entries(found.imageScanFindings?.findingSeverityCounts ?? {});
    const saw = counts.map(([severity, count]) => `${count} ${severity.toLowerCase()}`).join(', ') || 'no findings';
    return counts.some(([severity]) => severity === 'CRITICAL')
      ? fault(saw, `rebuild on a repaired base, then npm run ops -- rollout TAG --stage ${context.stage}`)
      : ok(saw);
  },
};
