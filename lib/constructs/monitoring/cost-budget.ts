import * as budgets from 'aws-cdk-lib/aws-budgets';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Names } from '../../config/names.ts';

export interface CostBudgetProps {
  readonly names: Names;

  /** US dollars a month. */
  readonly monthlyUsd: number;
  readonly topic: sns.ITopic;
}

/** Alarms when the account has spent 80 % of the month's budget, or is forecast to exceed it. */
export class CostBudget extends Construct {
  constructor(scope: Construct, id: string, props: CostBudgetProps) {
    super(scope, id);
    const notice = (notificationType: 'ACTUAL' | 'FORECASTED', threshold: number) => ({
      notification: { notificationType, threshold, thresholdType: 'PERCENTAGE', comparisonOperator: 'GREATER_THAN' },
      subscribers: [{ subscriptionType: 'SNS', address: props.topic.topicArn }],
    });
    new budgets.CfnBudget(this, 'Resource', {
      budget: {
        budgetName: props.names.budget,
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        budgetLimit: { amount: props.monthlyUsd, unit: 'USD' },
      },
      notificationsWithSubscribers: [notice('ACTUAL', 80), notice('FORECASTED', 100)],
    });
  }
}
