import { healthcareProfile } from '@healthcare-ai/cloud-policies';
import { contract } from '@healthcare-ai/contract';
import { wafExceptionPaths, wafExceptions } from '@healthcare-ai/contract/waf-exceptions';

/** What the gates compare a deployment of this product with. */
export const gateProfile = healthcareProfile({ contract, wafExceptions, wafExceptionPaths });
