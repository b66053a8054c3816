import { AwsFault, type AwsServer, type AwsServerOptions, startAwsServer } from '../aws-server.ts';
import { cloudFormation } from './cloudformation.ts';
import { ecs } from './ecs.ts';
import { others } from './others.ts';
import type { World } from './world.ts';

const services = { ...others, ecs, cloudFormation };

/** The AWS API of a world, on loopback. */
export const startWorld = (world: World, hooks: Pick<AwsServerOptions, 'before' | 'after'> = {}): Promise<AwsServer> =>
  startAwsServer({
    ...hooks,
    answer: ({ name, input }) => {
      const [service, action] = name.split('.') as [keyof typeof services, string];
      const answer = services[service]?.[action];
      if (answer === undefined) throw new AwsFault('UnknownOperationException', `the world does not know ${name}`, 400);
      return answer(world, input);
    },
  });
