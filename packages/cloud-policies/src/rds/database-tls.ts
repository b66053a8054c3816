import type { Policy } from '../core/finding.ts';
import { equals, optional, type Requirements } from '../core/requirements.ts';
import { isRecord, show } from '../core/template.ts';

/** Parameters by name. Those that log statements could write what names a patient. */
const parameters: Requirements = {
  'rds.force_ssl': equals('1'),
  ssl_min_protocol_version: equals('TLSv1.2', 'TLSv1.3'),
  log_statement: equals('none', 'ddl'),
  log_min_duration_statement: optional(equals('-1')),
  log_parameter_max_length: equals('0'),
  log_parameter_max_length_on_error: equals('0'),
  log_connections: equals('1', 'on', 'all'),
  log_disconnections: equals('1', 'on'),
  synchronous_commit: optional(equals('on', 'remote_apply', 'remote_write')),
  row_security: optional(equals('1', 'on')),
};

export const databaseTls: Policy = {
  id: 'database-tls',
  description: 'The database refuses connections without TLS, and logs no statements: they could name a patient.',
  *check(assembly) {
    for (const group of assembly.resources('AWS::RDS::DBClusterParameterGroup')) {
      // Names of parameters hold dots, so a path cannot reach them.
      const given = group.properties.Parameters;
      for (const [name, { expected, holds }] of Object.entries(parameters)) {
        const value = isRecord(given) ? given[name] : undefined;
        if (!holds(value, group)) yield group.fault(`Parameters.${name}`, `got ${show(value)}; use ${expected}`);
      }
    }
  },
};
