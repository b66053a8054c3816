import { DescribeClustersCommand, ECSClient } from '@aws-sdk/client-ecs';
import { boundCalls } from '@healthcare-ai/ops/aws/call-middleware';

test('makes no call once the command is over', async () => {
  let calls = 0;
  const client = new ECSClient({
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' },
    requestHandler: {
      handle: async () => {
        calls += 1;
        throw new Error('nobody listens to this call');
      },
    },
  });
  boundCalls(client, AbortSignal.abort(new Error('interrupted')));
  await expect(client.send(new DescribeClustersCommand({}))).rejects.toThrow('interrupted');
  expect(calls).toBe(0);
});
