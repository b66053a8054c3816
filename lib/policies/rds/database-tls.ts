import type { Policy } from '../core/finding.ts';
import { equals, optional, unmet } from '../core/requirements.ts';

export const databaseTls: Policy = {
  id: 'database-tls',
  description: 'The database refuses connections without TLS, and logs no statements: they could name a patient.',
  *check(assembly) {
    for (const group of assembly.resources('AWS::RDS::DBClusterParameterGroup', 'AWS::RDS::DBParameterGroup')) {
      const cluster = group.type === 'AWS::RDS::DBClusterParameterGroup';
      yield* unmet(group, {
        'Parameters.rds.force_ssl': {
          expected: '1',
          holds: () => !cluster || String(parameter('rds.force_ssl')) === '1',
        },
      });
      for (const [name, allowed] of Object.entries({
        ssl_min_protocol_version: ['TLSv1.2', 'TLSv1.3'],
        log_statement: ['none', 'ddl'],
        log_min_duration_statement: ['-1'],
        log_connections: ['1', 'on', 'all'],
        log_disconnections: ['1', 'on'],
        log_parameter_max_length: ['0'],
        log_parameter_max_length_on_error: ['0'],
        fsync: ['1', 'on'],
        synchronous_commit: ['on', 'remote_apply', 'remote_write'],
        row_security: ['1', 'on'],
      })) {
        const { expected, holds } = optional(equals(...allowed));
        const value = parameter(name);
        if (!holds(value, group)) yield group.fault(`Parameters.${name}`, `got ${String(value)}; use ${expected}`);
      }
      function parameter(name: string) {
        const parameters = group.properties.Parameters;
        return typeof parameters === 'object' && parameters !== null && !Array.isArray(parameters)
          ? parameters[name]
          : undefined;
      }
    }
  },
};
