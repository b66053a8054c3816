import { mask } from '../support/mask.ts';
import { SynthesizedStage } from '../support/stage.ts';

describe.each(['dev', 'staging', 'prod'])('The templates of %s', (name) => {
  const { templates } = new SynthesizedStage(name);

  it.each(Object.keys(templates).sort())('are as reviewed: %s', (stack) => {
    expect(mask(templates[stack])).toMatchSnapshot();
  });
});
