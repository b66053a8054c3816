import { missing, type Policy } from '../core/finding.ts';
import { equals, on, unmet } from '../core/requirements.ts';
import { isProduction } from '../core/stage.ts';
import { isRecord } from '../core/template.ts';

/** What watches the places where notes and audit events lie. */
const features = ['S3_DATA_EVENTS', 'RDS_LOGIN_EVENTS'];

export const guardduty: Policy = {
  id: 'guardduty',
  description: 'GuardDuty is enabled, with every feature that the template names.',
  *check(assembly) {
    const detectors = assembly.resources('AWS::GuardDuty::Detector');
    // Where another stage looks after the account, neither detector nor recorder is here: never in production.
    const needed = isProduction(assembly) || assembly.resources('AWS::Config::ConfigurationRecorder').length > 0;
    if (detectors.length === 0 && needed && assembly.resources('AWS::ECS::Service').length > 0) {
      yield missing('no AWS::GuardDuty::Detector; let this stage own the account baseline');
    }
    for (const detector of detectors) {
      yield* unmet(detector, {
        Enable: on,
        FindingPublishingFrequency: equals('FIFTEEN_MINUTES', 'ONE_HOUR'),
      });
      const named = detector.items('Features').map(({ value }) => (isRecord(value) ? value.Name : undefined));
      for (const feature of features.filter((name) => !named.includes(name))) {
        yield detector.fault('Features', `lacks ${feature}; enable it`);
      }
      for (const { path, value } of detector.items('Features')) {
        const parts = isRecord(value)
          ? [value, ...(Array.isArray(value.AdditionalConfiguration) ? value.AdditionalConfiguration : [])]
          : [];
        for (const part of parts) {
          if (isRecord(part) && part.Status !== 'ENABLED')
            yield detector.fault(path, `${String(part.Name)} is off; enable it`);
        }
      }
    }
  },
};
