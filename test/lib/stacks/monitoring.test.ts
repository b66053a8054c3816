import { matchesEvent } from '../support/event-pattern.ts';
import { type Properties, SynthesizedStage } from '../support/stage.ts';

const prod = new SynthesizedStage('prod');
const dev = new SynthesizedStage('dev');

/** Tokens of an ARN as they would be in the account. */
const resolved = (value: unknown): Properties =>
  JSON.parse(
    JSON.stringify(value).replace(/\{"Fn::Join":\["",(\[[^\]]*\])\]\}/g, (_, parts: string) =>
      JSON.stringify(
        (JSON.parse(parts) as unknown[]).map((part) => (typeof part === 'string' ? part : '111122223333')).join(''),
      ),
    ),
  );

const pattern = (text: string): Properties => resolved(prod.only('AWS::Events::Rule', text).EventPattern);

describe('Events', () => {
  const stopped = (stopCode: string, lastStatus = 'STOPPED') => ({
    source: 'aws.ecs',
    'detail-type': 'ECS Task State Change',
    resources: ['arn:aws:ecs:us-east-1:111122223333:task/healthcare-ai-prod/0123456789abcdef'],
    detail: { clusterArn: 'arn:aws:ecs:us-east-1:111122223333:cluster/healthcare-ai-prod', lastStatus, stopCode },
  });

  it('count tasks that fail, and not those that scaling or a deployment stops', () => {
    const failed = pattern('ECS Task State Change');
    expect(matchesEvent(failed, stopped('EssentialContainerExited'))).toBe(true);
    expect(matchesEvent(failed, stopped('TaskFailedToStart'))).toBe(true);
    expect(matchesEvent(failed, stopped('ServiceSchedulerInitiated'))).toBe(false);
    expect(matchesEvent(failed, stopped('EssentialContainerExited', 'RUNNING'))).toBe(false);
    const alarm = prod.only('AWS::CloudWatch::Alarm', 'TriggeredRules');
    expect(JSON.stringify(alarm.Dimensions)).toContain('FailedTasks');
  });

  it('tell of a failed deployment of this service, and not of one that ended well', () => {
    const deployment = (eventName: string, service: string) => ({
      source: 'aws.ecs',
      'detail-type': 'ECS Deployment State Change',
      resources: [`arn:aws:ecs:us-east-1:111122223333:service/${service}`],
      detail: { eventType: 'ERROR', eventName, deploymentId: 'ecs-svc/123' },
    });
    const failed = pattern('SERVICE_DEPLOYMENT_FAILED');
    expect(matchesEvent(failed, deployment('SERVICE_DEPLOYMENT_FAILED', 'healthcare-ai-prod/healthcare-ai-prod'))).toBe(
      true,
    );
    expect(
      matchesEvent(failed, deployment('SERVICE_DEPLOYMENT_COMPLETED', 'healthcare-ai-prod/healthcare-ai-prod')),
    ).toBe(false);
    expect(matchesEvent(failed, deployment('SERVICE_DEPLOYMENT_FAILED', 'other/other'))).toBe(false);
  });

  it('[164.308(a)(5)(ii)(B)] tell of threats of medium severity and above', () => {
    const finding = (severity: number) => ({
      source: 'aws.guardduty',
      'detail-type': 'GuardDuty Finding',
      detail: { severity, type: 'UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration' },
    });
    expect(matchesEvent(pattern('GuardDuty'), finding(8))).toBe(true);
    expect(matchesEvent(pattern('GuardDuty'), finding(2))).toBe(false);
  });

  it('all go somewhere', () => {
    for (const { Properties: rule } of prod.resources('AWS::Events::Rule')) {
      expect(rule.State).toBe('ENABLED');
      expect(rule.Targets).toHaveLength(1);
    }
  });
});

describe('The topic', () => {
  it('[164.308(a)(6)(ii)] is encrypted, refuses plain HTTP, admits the publishers of this account, and notifies people', () => {
    expect(prod.only('AWS::SNS::Topic').KmsMasterKeyId).toBeDefined();
    const statements = prod.only('AWS::SNS::TopicPolicy').PolicyDocument.Statement as Properties[];
    expect(JSON.stringify(statements)).toContain('"aws:SecureTransport":"false"');
    const publishers = statements.find(({ Sid }) => Sid === 'Publishers')!;
    expect(publishers.Principal.Service).toEqual(
      expect.arrayContaining(['cloudwatch.amazonaws.com', 'budgets.amazonaws.com', 'backup.amazonaws.com']),
    );
    expect(publishers.Condition).toEqual({ StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } });
    expect(prod.only('AWS::SNS::Subscription')).toMatchObject({ Protocol: 'email', Endpoint: 'on-call@example.org' });
  });
});

describe('The rest of the watch', () => {
  it('[Uptime monitoring active] calls the API from outside, every minute in prod, and the alarm counts in the same steps', () => {
    const canary = prod.only('AWS::Synthetics::Canary');
    expect(canary.Schedule.Expression).toBe('rate(1 minute)');
    expect(prod.only('AWS::CloudWatch::Alarm', 'SuccessPercent').Period).toBe(60);
    expect(dev.only('AWS::Synthetics::Canary').Schedule.Expression).toBe('rate(5 minutes)');
    expect(dev.only('AWS::CloudWatch::Alarm', 'SuccessPercent').Period).toBe(300);
    expect(canary.StartCanaryAfterCreation).toBe(true);
    expect(canary.Code.Script).toContain("host: 'notes.example.org', path: '/health', headers: { 'user-agent':");
    expect(() => new Function(canary.Code.Script)).not.toThrow();
  });

  it('warns of cost before the month is over', () => {
    const { Budget, NotificationsWithSubscribers } = prod.only('AWS::Budgets::Budget');
    expect(Budget.BudgetLimit).toEqual({ Amount: 2500, Unit: 'USD' });
    const notices = NotificationsWithSubscribers.map(({ Notification }: Properties) => Notification.NotificationType);
    expect(notices).toEqual(['ACTUAL', 'FORECASTED']);
  });

  it('[Performance baseline established] [Resource usage monitored] shows every alarm and every golden signal on one page', () => {
    const body = JSON.stringify(prod.only('AWS::CloudWatch::Dashboard').DashboardBody);
    for (const name of [
      'RequestCount',
      'TargetResponseTime',
      'AuditPublisherLagSeconds',
      'NotesAcknowledged',
      'ACUUtilization',
    ]) {
      expect(body).toContain(name);
    }
    expect(prod.resources('AWS::CloudWatch::Alarm', 'monitoring').length).toBeGreaterThan(30);
  });
});
