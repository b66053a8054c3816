import type { Resource } from '../core/resource.ts';
import { isRecord, listOf } from '../core/template.ts';

/** The value of one of a load balancer's attributes, which CloudFormation takes as a list of keys and values. */
export function attribute(
  resource: Resource,
  path: string,
  key: string,
): { readonly path: string; readonly value: string } | undefined {
  const found = resource.items(path).filter(({ value }) => isRecord(value) && value.Key === key);
  // The last one wins in no documented way: two are as good as none.
  if (found.length !== 1 || found[0] === undefined || !isRecord(found[0].value)) return undefined;
  return { path: `${found[0].path}.Value`, value: resource.render(found[0].value.Value) };
}

/** Whether a bucket receives logs of a load balancer or access logs of S3: both write to SSE-S3 buckets only. */
export function isLogDelivery(bucket: Resource): boolean {
  const { assembly } = bucket;
  const isBucket = (text: string) => assembly.mentioned(text).includes(bucket);
  return (
    assembly
      .resources('AWS::ElasticLoadBalancingV2::LoadBalancer')
      .some((balancer) =>
        listOf(balancer.get('LoadBalancerAttributes')).some(
          (item) =>
            isRecord(item) && /_logs\.s3\.bucket$/.test(String(item.Key)) && isBucket(balancer.render(item.Value)),
        ),
      ) ||
    assembly
      .resources('AWS::S3::Bucket')
      .some((other) => isBucket(other.text('LoggingConfiguration.DestinationBucketName')))
  );
}
