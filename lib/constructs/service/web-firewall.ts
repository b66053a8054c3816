import { contract } from '@healthcare-ai/contract';
import { wafExceptionPaths, wafExceptions } from '@healthcare-ai/contract/waf-exceptions';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { ArnFormat, Aws, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

export interface WebFirewallProps {
  readonly name: string;

  /** What is guarded. */
  readonly loadBalancerArn: string;
  readonly requestsPerMinute: number;
  readonly logGroup: logs.ILogGroup;
}

/** Managed groups in the order in which they judge; the capacity of all rules is below the 1,500 that cost no extra. */
const managedGroups: readonly string[] = [
  'AWSManagedRulesAmazonIpReputationList',
  'AWSManagedRulesCommonRuleSet',
  'AWSManagedRulesKnownBadInputsRuleSet',
  'AWSManagedRulesSQLiRuleSet',
  'AWSManagedRulesUnixRuleSet',
];

const TOO_MANY = 'too-many-requests';

const isPath = (path: string): wafv2.CfnWebACL.StatementProperty => ({
  byteMatchStatement: {
    fieldToMatch: { uriPath: {} },
    positionalConstraint: 'EXACTLY',
    searchString: path,
    textTransformations: [{ priority: 0, type: 'NONE' }],
  },
});

const not = (statement: wafv2.CfnWebACL.StatementProperty): wafv2.CfnWebACL.StatementProperty => ({
  notStatement: { statement },
});

const metric = (name: string): wafv2.CfnWebACL.VisibilityConfigProperty => ({
  cloudWatchMetricsEnabled: true,
  metricName: name,
  // Samples hold query strings and header values.
  sampledRequestsEnabled: false,
});

/** A web ACL that blocks, in front of the load balancer. */
export class WebFirewall extends Construct {
  readonly name: string;

  constructor(scope: Construct, id: string, props: WebFirewallProps) {
    super(scope, id);
    this.name = props.name;
    const acl = new wafv2.CfnWebACL(this, 'Resource', {
      name: props.name,
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: metric(props.name),
      customResponseBodies: {
        [TOO_MANY]: {
          contentType: 'APPLICATION_JSON',
          content: '{"type":"about:blank","title":"Too Many Requests","status":429}',
        },
      },
      rules: [this.rate(props.requestsPerMinute), ...managedGroups.map(this.group), this.elsewhere()],
    });
    new wafv2.CfnWebACLAssociation(this, 'Association', {
      resourceArn: props.loadBalancerArn,
      webAclArn: acl.attrArn,
    });
    this.log(acl, props.logGroup);
  }

  /** The seed's 10 requests a second; WAF counts over a minute, approximately, and knows no bursts. */
  private rate(limit: number): wafv2.CfnWebACL.RuleProperty {
    return {
      name: 'rate-per-address',
      priority: 0,
      action: {
        block: {
          customResponse: {
            responseCode: 429,
            customResponseBodyKey: TOO_MANY,
            responseHeaders: [{ name: 'Retry-After', value: '60' }],
          },
        },
      },
      statement: {
        rateBasedStatement: {
          aggregateKeyType: 'IP',
          evaluationWindowSec: 60,
          limit,
          scopeDownStatement: not(isPath(contract.paths.health)),
        },
      },
      visibilityConfig: metric('rate-per-address'),
    };
  }

  private readonly group = (name: string, index: number): wafv2.CfnWebACL.RuleProperty => {
    const set = wafExceptions.filter((exception) => exception.group === name);
    return {
      name,
      priority: 10 + index,
      overrideAction: { none: {} },
      statement: {
        managedRuleGroupStatement: {
          vendorName: 'AWS',
          name,
          ruleActionOverrides: set.length
            ? set.map(({ rule }) => ({ name: rule, actionToUse: { count: {} } }))
            : undefined,
        },
      },
      visibilityConfig: metric(name),
    };
  };

  /** What the managed groups only counted is blocked here, on every route that takes no note. */
  private elsewhere(): wafv2.CfnWebACL.RuleProperty {
    return {
      name: 'body-rules-off-the-note-routes',
      priority: 100,
      action: { block: {} },
      statement: {
        andStatement: {
          statements: [
            {
              orStatement: {
                statements: wafExceptions.map(({ label }) => ({ labelMatchStatement: { scope: 'LABEL', key: label } })),
              },
            },
            not({ orStatement: { statements: wafExceptionPaths.map(isPath) } }),
          ],
        },
      },
      visibilityConfig: metric('body-rules-off-the-note-routes'),
    };
  }

  private log(acl: wafv2.CfnWebACL, group: logs.ILogGroup): void {
    const arn = Stack.of(this).formatArn({
      service: 'logs',
      resource: 'log-group',
      resourceName: group.logGroupName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    const policy = new logs.CfnResourcePolicy(this, 'LogPolicy', {
      policyName: `${this.name}-waf`,
      policyDocument: Stack.of(this).toJsonString({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'delivery.logs.amazonaws.com' },
            Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
            Resource: `${arn}:*`,
            Condition: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
          },
        ],
      }),
    });
    new wafv2.CfnLoggingConfiguration(this, 'Logging', {
      resourceArn: acl.attrArn,
      logDestinationConfigs: [arn],
      redactedFields: ['authorization', 'x-api-key', 'cookie'].map((name) => ({ singleHeader: { Name: name } })),
    }).node.addDependency(policy, group);
  }
}
