import type { Policy } from '../core/finding.ts';
import { isRecord } from '../core/template.ts';

/** Headers that hold credentials. */
const redacted = ['authorization', 'x-api-key', 'cookie'];

export const wafLogged: Policy = {
  id: 'waf-logged',
  description: 'The web ACL logs every request it judges, with the headers that hold credentials redacted.',
  *check(assembly) {
    const configurations = assembly.resources('AWS::WAFv2::LoggingConfiguration');
    for (const acl of assembly.resources('AWS::WAFv2::WebACL')) {
      if (!configurations.some((item) => item.target('ResourceArn') === acl))
        yield acl.fault('', 'has no LoggingConfiguration; add one');
    }
    for (const item of configurations) {
      const group = item.followAll(item.get('LogDestinationConfigs'))[0];
      if (group?.type !== 'AWS::Logs::LogGroup') {
        yield item.fault('LogDestinationConfigs', 'is no log group of this deployment; refer to one');
      } else if (!/^aws-waf-logs-/.test(group.text('LogGroupName'))) {
        yield group.fault('LogGroupName', 'must begin with aws-waf-logs-, or WAF refuses it');
      }
      const names = item
        .items('RedactedFields')
        .map(({ value }) =>
          isRecord(value) && isRecord(value.SingleHeader)
            ? String(value.SingleHeader.Name ?? value.SingleHeader.name)
            : '',
        );
      for (const name of redacted) {
        if (!names.map((given) => given.toLowerCase()).includes(name)) {
          yield item.fault('RedactedFields', `does not redact the header ${name}; add it`);
        }
      }
      if (item.get('LoggingFilter') !== undefined) yield item.fault('LoggingFilter', 'leaves requests out; remove it');
    }
  },
};
