import { ConfigurationError } from '../../../service/src/config/error.ts';
import { readConfig } from '../../../service/src/config/read.ts';

const read = (variables: Record<string, string>) => readConfig(variables, () => '');
const faultsOf = (variables: Record<string, string>): string => {
  try {
    read(variables);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    return (error as Error).message;
  }
  return '';
};
const bedrock = { ANALYSIS_ENGINE: 'bedrock', BEDROCK_MODEL_ID: 'a.model-v1:0', AWS_REGION: 'us-east-1' };

test('without a word the rules analyse, one note at a time', () => {
  expect(read({})).toMatchObject({ ANALYSIS_ENGINE: 'embedded', ANALYSIS_WORKERS: 1, ANALYSIS_MAX_ATTEMPTS: 6 });
});

test('bedrock needs a model and a region', () => {
  expect(faultsOf({ ANALYSIS_ENGINE: 'bedrock' })).toMatch(/BEDROCK_MODEL_ID is required[\s\S]*AWS_REGION is required/);
  expect(read(bedrock)).toMatchObject({ BEDROCK_TIMEOUT_SECONDS: 45, BEDROCK_ATTEMPT_TIMEOUT_SECONDS: 30 });
});

test('prices come in pairs, as decimal numbers', () => {
  expect(faultsOf({ ...bedrock, BEDROCK_INPUT_PRICE: '0.003' })).toContain('BEDROCK_OUTPUT_PRICE is required');
  expect(faultsOf({ ...bedrock, BEDROCK_OUTPUT_PRICE: '0.003' })).toContain('BEDROCK_INPUT_PRICE is required');
  expect(faultsOf({ ...bedrock, BEDROCK_INPUT_PRICE: '$3', BEDROCK_OUTPUT_PRICE: '1' })).toContain('decimal number');
  expect(read({ ...bedrock, BEDROCK_INPUT_PRICE: '0.003', BEDROCK_OUTPUT_PRICE: '0.015' })).toMatchObject({
    BEDROCK_INPUT_PRICE: 0.003,
    BEDROCK_OUTPUT_PRICE: 0.015,
  });
});

test('a guardrail needs its version', () => {
  expect(faultsOf({ ...bedrock, BEDROCK_GUARDRAIL_ID: 'gr1' })).toContain('BEDROCK_GUARDRAIL_VERSION is required');
});

test('one call may not take longer than all of them, nor all longer than a load balancer waits', () => {
  expect(faultsOf({ ...bedrock, BEDROCK_TIMEOUT_SECONDS: '10' })).toContain('BEDROCK_ATTEMPT_TIMEOUT_SECONDS must not');
  expect(faultsOf({ ...bedrock, BEDROCK_TIMEOUT_SECONDS: '60' })).toContain('from 1 to 55');
});

test('an engine that does not exist is refused', () => {
  expect(faultsOf({ ANALYSIS_ENGINE: 'gpt' })).toContain('ANALYSIS_ENGINE');
});
