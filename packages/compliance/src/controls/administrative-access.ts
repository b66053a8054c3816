import { type ControlFamily, testsOf } from '../control.ts';
import * as look from './selections.ts';

/** 45 CFR 164.308(a)(3) and (a)(4): who is given access, and how it ends. */
export const workforceAndAccess: ControlFamily = {
  title: 'Administrative safeguards: workforce and access',
  source: '45 CFR 164.308(a)(3) and (a)(4)',
  controls: [
    {
      id: '164.308(a)(3)(ii)(A)',
      title: 'Authorization and supervision',
      demand: 'addressable',
      how: 'Roles with least rights in the service and in AWS; what people change by hand is told by an alarm.',
      templates: [look.savedQuery('changes-by-people'), look.alarmNotifies('trail-iam-changes')],
      policies: ['iam-reviewed-action', 'iam-pass-role'],
      code: ['service/src/identity/roles.ts'],
      tests: testsOf('service/identity/permissions', '%s: %s is answered with %d'),
      live: [
        { sees: 'what people changed in the account', command: 'Logs Insights: healthcare-ai-STAGE/changes-by-people' },
      ],
      organisation: 'Say who supervises whom.',
    },
    {
      id: '164.308(a)(3)(ii)(B)',
      title: 'Workforce clearance procedure',
      demand: 'addressable',
      how: 'Nothing in this repository.',
      organisation: 'Check who is to be given access.',
    },
    {
      id: '164.308(a)(3)(ii)(C)',
      title: 'Termination procedures',
      demand: 'addressable',
      how: 'A key is revoked by one command and refused within five seconds; that it was revoked is an event.',
      templates: [look.savedQuery('keys-made-and-revoked')],
      code: ['service/src/commands/keys.ts'],
      tests: [
        ...testsOf('service/commands/keys', 'revoke ends a key, once'),
        ...testsOf(
          'service/identity/api-keys',
          'while the service runs a new key works at once, and a revoked one no longer than 5 seconds',
        ),
      ],
      live: [{ sees: 'keys made and revoked', command: 'Logs Insights: healthcare-ai-STAGE/keys-made-and-revoked' }],
      organisation: 'Tell the operators on the day when somebody leaves.',
    },
    {
      id: '164.308(a)(4)(ii)(A)',
      title: 'Isolating health care clearinghouse functions',
      demand: 'required',
      how: 'Nothing in this repository; tenants are apart from each other in the service.',
      organisation: 'Say whether a clearinghouse is part of the organisation.',
    },
    {
      id: '164.308(a)(4)(ii)(B)',
      title: 'Access authorization',
      demand: 'addressable',
      how: 'Access to notes is one of four roles of one tenant; making keys takes the owner’s right on the database, which the service does not have.',
      templates: [look.databaseManagedSecret],
      code: ['service/src/identity/roles.ts', 'service/src/commands/keys.ts'],
      tests: [
        ...testsOf(
          'service/commands/keys',
          'with PostgreSQL the role of the service may not make keys: that is the owner’s',
        ),
        ...testsOf(
          'service/identity/jwt',
          'the roles of a token decide what it may do, and unknown ones grant nothing',
        ),
      ],
      live: [{ sees: 'keys with their roles', command: 'npm run ops -- keys list --stage STAGE' }],
      organisation: 'Record who granted each access, and why (docs/compliance/access-control.md).',
    },
    {
      id: '164.308(a)(4)(ii)(C)',
      title: 'Access establishment and modification',
      demand: 'addressable',
      how: 'Making and revoking keys are events; a role is changed by a new key in place of the old one.',
      templates: [look.savedQuery('keys-made-and-revoked')],
      code: ['service/src/commands/keys.ts', 'service/src/audit/audited-change.ts'],
      tests: testsOf(
        'service/commands/keys',
        'each use of a command is an event in the trail, without a secret',
        'list shows every key, without its secret',
      ),
      live: [{ sees: 'keys made and revoked', command: 'Logs Insights: healthcare-ai-STAGE/keys-made-and-revoked' }],
      organisation: 'Review the list each quarter.',
    },
  ],
};
