import { ok } from 'node:assert/strict';
import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DescribeServicesCommand } from '@aws-sdk/client-ecs';
import {
  DescribeLoadBalancersCommand,
  ModifyLoadBalancerAttributesCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Part } from '../../support/rehearsal.ts';
import { any, ended, names } from '../support.ts';
import type { AwsWorld } from '../world.ts';

/** Taking a stage away: what may go goes, what holds data stays. */
export const destroyPart = (world: AwsWorld): Part => ({
  name: 'Destroyed where protection allows',
  needs: [],
  async run({ check }) {
    const { clients, cdk } = world;
    const destroy = (part: string) =>
      cdk(['destroy', `dev/${part}`, '--app', 'cdk.out/deploy/dev', '--exclusively', '--force'], any);
    const there = async () =>
      (await clients.cloudFormation.send(new DescribeStacksCommand({}))).Stacks!.map(({ StackName }) => StackName!);

    await check('the database, the audit trail, the registry and the network refuse', async () => {
      for (const part of ['database', 'audit', 'registry', 'network']) {
        ended(await destroy(part), 1, /TerminationProtection is enabled/);
      }
    });
    await check('monitoring goes', async () => {
      ended(await destroy('monitoring'), 0);
      ok(!(await there()).includes(`${names.base}-monitoring`));
    });
    await check('the service goes only when the protection of its load balancer is taken off', async () => {
      ended(await destroy('service'), 1, /deletion protection is enabled|is currently in use by a listener/);
      const { LoadBalancers } = await clients.elb.send(new DescribeLoadBalancersCommand({}));
      await clients.elb.send(
        new ModifyLoadBalancerAttributesCommand({
          LoadBalancerArn: LoadBalancers![0]!.LoadBalancerArn,
          Attributes: [{ Key: 'deletion_protection.enabled', Value: 'false' }],
        }),
      );
      ended(await destroy('service'), 0);
      ok(!(await there()).includes(`${names.base}-service`));
      const { services } = await clients.ecs.send(
        new DescribeServicesCommand({ cluster: names.cluster, services: [names.service] }),
      );
      ok(services!.every(({ status }) => status !== 'ACTIVE'));
    });
    await check('the tasks stack goes, and what holds data is still there', async () => {
      ended(await destroy('tasks'), 0);
      const left = await there();
      for (const part of ['audit', 'network', 'registry', 'database']) ok(left.includes(`${names.base}-${part}`));
      return left.join(', ');
    });
  },
});
