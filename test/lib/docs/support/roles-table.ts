import { permissions, roles } from '../../../../service/src/identity/roles.ts';

/** The rights of every role of the service, as a table. */
export const rolesTable = (): string =>
  [
    '| Role | May |',
    '| --- | --- |',
    ...roles.map(
      (role) =>
        `| \`${role}\` | ${permissions[role].join(', ') || 'nothing in the service: keys are made by a command'} |`,
    ),
  ].join('\n');
