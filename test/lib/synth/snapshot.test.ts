import { mask } from '../support/mask.ts';
import { SynthesizedStage } from '../support/stage.ts';

describe('The templates of prod', () => {
  const { templates } = new SynthesizedStage('prod');

  it.each(Object.keys(templates).sort())('are as reviewed: %s', (stack) => {
    expect(mask(templates[stack])).toMatchSnapshot();
  });
});
