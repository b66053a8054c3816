import type { Handler } from '../support/aws-endpoint.ts';

export interface Ended {
  readonly exitCode: number | undefined;
  readonly lines: readonly string[];
  readonly reason?: string;
}

const ARN = 'arn:aws:ecs:us-east-1:111122223333:task/healthcare-ai-dev/0123456789abcdef0123456789abcdef';

const definition = (task: string) => `arn:aws:ecs:us-east-1:111122223333:task-definition/healthcare-ai-dev-${task}`;

export interface OneOffWorldOptions {
  readonly container: string;
  /** What becomes of a task with this command. */
  readonly runs: (command: readonly string[]) => Promise<Ended>;
  /** Looks at the log that find nothing yet. @default 1 */
  readonly lag?: number;
  /** Outputs of the tasks stack. @default - those of this release */
  readonly outputs?: Readonly<Record<string, string>>;
}

export const keysWorld = (runs: OneOffWorldOptions['runs'], lag = 1): Record<string, Handler> =>
  oneOffWorld({ container: 'migrate', runs, lag });

/** What of AWS a one-off task needs: the outputs of its stack, ECS, and a log that lags. */
export function oneOffWorld({ container: name, runs, lag = 1, outputs }: OneOffWorldOptions): Record<string, Handler> {
  let ended: Promise<Ended> | undefined;
  let looks = 0;
  let reads = 0;
  return {
    DescribeStacks: () => ({
      Stacks: [
        {
          StackName: 'healthcare-ai-dev-tasks',
          StackStatus: 'UPDATE_COMPLETE',
          CreationTime: new Date(0),
          Outputs: Object.entries(
            outputs ?? {
              MigrateTaskDefinition: `${definition('migrate')}:7`,
              RestoreTaskDefinition: `${definition('restore')}:3`,
              TaskSubnets: 'subnet-1,subnet-2',
              MigrateSecurityGroup: 'sg-1',
            },
          ).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue })),
        },
      ],
    }),
    RunTask(input) {
      const [override] = input.overrides.containerOverrides;
      ended = runs(override.command);
      looks = reads = 0;
      return { tasks: [{ taskArn: ARN, lastStatus: 'PROVISIONING' }], failures: [] };
    },
    async DescribeTasks() {
      looks += 1;
      if (looks < 2 || !ended) return { tasks: [{ taskArn: ARN, lastStatus: 'RUNNING' }] };
      const { exitCode, reason } = await ended;
      const container = { name, exitCode, reason };
      return { tasks: [{ taskArn: ARN, lastStatus: 'STOPPED', stoppedReason: reason, containers: [container] }] };
    },
    async GetLogEvents({ nextToken }) {
      if (nextToken !== undefined) return { events: [], nextForwardToken: nextToken };
      reads += 1;
      const lines = reads > lag ? (await ended!).lines : [];
      return { events: lines.map((message, index) => ({ timestamp: index, message })), nextForwardToken: 'f/end' };
    },
  };
}
