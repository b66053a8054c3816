import { contract } from '@healthcare-ai/contract';
import type { Policy } from '../core/finding.ts';
import { isRecord, show } from '../core/template.ts';
import { blocks, exactPaths, negated, rulesOf } from './web-acl.ts';

/** A hospital behind one address: a hundred times what one client needs. */
const most = contract.edgeRateLimit.perSecond * 60 * 100;

export const wafRateLimit: Policy = {
  id: 'waf-rate-limit',
  description: 'Each address has a rate, counted over 60 seconds and refused with 429; only the health path is exempt.',
  *check(assembly) {
    for (const acl of assembly.resources('AWS::WAFv2::WebACL')) {
      const rated = rulesOf(acl).flatMap((rule) => {
        const statement = isRecord(rule.body.Statement) ? rule.body.Statement.RateBasedStatement : undefined;
        return isRecord(statement) ? [{ rule, statement, at: `${rule.path}.Statement.RateBasedStatement` }] : [];
      });
      if (!rated.some(({ rule }) => blocks(rule))) yield acl.fault('Rules', 'no rate-based rule blocks; add one');
      for (const { rule, statement, at } of rated) {
        const limit = Number(statement.Limit);
        if (!(limit >= 10 && limit <= most))
          yield acl.fault(`${at}.Limit`, `got ${show(statement.Limit)}; use 10 to ${most}`);
        if (statement.EvaluationWindowSec !== 60) {
          yield acl.fault(`${at}.EvaluationWindowSec`, `got ${show(statement.EvaluationWindowSec)}; use 60`);
        }
        if (statement.AggregateKeyType !== 'IP') {
          yield acl.fault(
            `${at}.AggregateKeyType`,
            `got ${show(statement.AggregateKeyType)}; use IP, which no client can choose`,
          );
        }
        const exempt =
          statement.ScopeDownStatement === undefined ? [] : exactPaths(negated(statement.ScopeDownStatement));
        if (exempt === undefined || exempt.some((path) => path !== contract.paths.health)) {
          yield acl.fault(
            `${at}.ScopeDownStatement`,
            `exempts more than ${contract.paths.health}; use Not(exact path)`,
          );
        }
        const response = JSON.stringify(rule.body.Action);
        if (blocks(rule) && !/"ResponseCode":429\b/.test(response)) {
          yield acl.fault(`${rule.path}.Action`, 'does not answer 429; add the custom response');
        }
      }
    }
  },
};
