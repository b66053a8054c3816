import { missing, type Policy } from '../core/finding.ts';
import { on, unmet } from '../core/requirements.ts';

export const configRecorder: Policy = {
  id: 'config-recorder',
  description: 'AWS Config records every kind of resource, global ones too, and delivers what it records.',
  *check(assembly) {
    const recorders = assembly.resources('AWS::Config::ConfigurationRecorder');
    for (const recorder of recorders) {
      yield* unmet(recorder, {
        'RecordingGroup.AllSupported': on,
        'RecordingGroup.IncludeGlobalResourceTypes': on,
      });
    }
    if (recorders.length > 0 && assembly.resources('AWS::Config::DeliveryChannel').length === 0) {
      yield missing('no AWS::Config::DeliveryChannel, so the recorder does not start; add one');
    }
  },
};
