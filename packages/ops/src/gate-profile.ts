import { healthcareProfile } from '@healthcare-ai/cloud-policies';
import { contract } from '@healthcare-ai/contract';
import { wafExceptionPaths, wafExceptions } from '@healthcare-ai/contract/waf-exceptions';
import { isOffered } from '@healthcare-ai/lib/config/regions';

/** What the gates compare a deployment of this product with. */
export const gateProfile = healthcareProfile({ contract, wafExceptions, wafExceptionPaths, isOffered });
