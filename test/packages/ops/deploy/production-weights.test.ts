import { names, World } from '../support/world/world.ts';
import { Account } from './account.ts';
import { runDeploy } from './run-deploy.ts';

/** A service stack whose production rule sends everything to Blue, on a path. */
const serviceTemplate = (path: string, groups: Readonly<Record<string, number>> = { Blue: 100, Green: 0 }) => ({
  Resources: {
    Production: {
      Type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
      Properties: {
        Conditions: [{ Field: 'path-pattern', PathPatternConfig: { Values: [path] } }],
        Actions: [
          {
            Type: 'forward',
            ForwardConfig: {
              TargetGroups: Object.entries(groups).map(([Ref, Weight]) => ({ TargetGroupArn: { Ref }, Weight })),
            },
          },
        ],
      },
    },
  },
});

/** Deploys a new template of the service while the live weights are these. */
async function change(template: object, weights: Record<string, number>) {
  const account = new Account(new World());
  const { digest } = account.world.images[0]!;
  account.stack('service', 'UPDATE_COMPLETE', { template: JSON.stringify(serviceTemplate('/*')), digest });
  account.resources.set(`${names.base}-service`, [
    ['Production', 'arn:rule', 'AWS::ElasticLoadBalancingV2::ListenerRule'],
    ['Blue', 'arn:blue', 'AWS::ElasticLoadBalancingV2::TargetGroup'],
    ['Green', 'arn:green', 'AWS::ElasticLoadBalancingV2::TargetGroup'],
  ]);
  account.weights = weights;
  const server = await account.start();
  const deployed = await runDeploy(account, server.endpoint, { digest, templates: { service: template } });
  await server.close();
  return deployed;
}

const shifted = { 'arn:blue': 0, 'arn:green': 100 };
const asDeclared = { 'arn:blue': 100, 'arn:green': 0 };

// https://github.com/aws/aws-cdk/issues/36649
it.each([
  ['another condition', serviceTemplate('/app/*')],
  ['one target group, as after canary to rolling', serviceTemplate('/*', { Blue: 100 })],
])('a changed production rule is refused while the traffic is elsewhere: %s', async (_what, template) => {
  const { failure, cdk } = await change(template, shifted);
  expect(failure).toMatch(/changes the production rule Production.*503.*npm run ops -- restart --stage dev/);
  expect(cdk).not.toContain('service');
});

it.each([
  ['the live weights are those of the template', serviceTemplate('/app/*'), asDeclared],
  ['the rule does not change', serviceTemplate('/*'), shifted],
  ['the new weights follow the live ones', serviceTemplate('/app/*', { Blue: 0, Green: 100 }), shifted],
])('it is deployed when %s', async (_what, template, weights) => {
  expect((await change(template, weights)).failure).toBeUndefined();
});
