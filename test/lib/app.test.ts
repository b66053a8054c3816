import { App } from 'aws-cdk-lib/core';
import { build } from '../../lib/app.ts';
import { stages } from '../../lib/config/stages.ts';
import { contextOf } from '../../lib/synthesize.ts';

describe('The stacks that `cdk deploy --all` deploys', () => {
  // The CDK CLI means by `--all` the stacks of the outermost assembly.
  const outermost = (stage: string) => {
    const app = new App({ context: { ...contextOf('cdk.json'), stage }, analyticsReporting: false });
    build(app, stages);
    return app.synth().stacks.map(({ hierarchicalId }) => hierarchicalId);
  };

  it('are those of the one stage that is named', () => {
    expect(outermost('dev')).toEqual(expect.arrayContaining(['dev/network', 'dev/service']));
  });

  it('are none when several stages are named, so that one command never deploys dev and prod', () => {
    expect(outermost('dev,prod')).toEqual([]);
  });
});
