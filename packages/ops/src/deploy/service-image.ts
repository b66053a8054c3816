import { imageOf } from '../aws/stack.ts';
import { isDigest } from '../rollout/digest.ts';
import type { DeployContext } from './context.ts';
import { type FoundStack, findStack } from './stack-state.ts';

type ServiceContext = Pick<DeployContext, 'clients' | 'names'>;

const serviceStack = ({ clients, names }: ServiceContext): Promise<FoundStack> =>
  findStack(clients.cloudFormation, `${names.base}-service`);

/** Whether the service's stack exists and runs this image. */
export async function serviceRuns(context: ServiceContext, digest: string): Promise<boolean> {
  const found = await serviceStack(context);
  return found.state === 'ready' && imageOf(found.stack) === digest;
}

/**
 * The image to go back to if another one fails: the one that the service's stack runs. SSM alone may name one
 * that never ran, after a first deploy that failed.
 *
 * @param named what SSM names
 * @returns undefined when no service has ever come up
 */
export async function imageToGoBackTo(context: ServiceContext, named: string | undefined): Promise<string | undefined> {
  const found = await serviceStack(context);
  if (found.state === 'absent' || found.state === 'creation-failed') return undefined;
  const image = imageOf(found.stack);
  // Of a stack that is being changed the parameter says where to, not from where.
  return found.state === 'ready' && image !== undefined && isDigest(image) ? image : named;
}
