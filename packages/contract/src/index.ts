import { container, user } from './container.ts';
import { database } from './database.ts';
import { environment } from './environment.ts';
import { edgeRateLimit, maxNoteLength } from './limits.ts';
import { noteRoutes, pageApi, paths } from './paths.ts';
import { timeouts } from './timeouts.ts';

export { maxBodyBytes } from './limits.ts';

/**
 * The facts on which the service and every deployment of it must agree, a file for each subject. The files under
 * `deploy/`, which cannot import, are compared with it by tests.
 */
export const contract = {
  /** Where the API listens (`PORT`). */
  port: 8000,

  /** Where `/metrics` listens (`METRICS_PORT`): no load balancer forwards it. */
  metricsPort: 9464,

  container,

  /** Metadata of a resource that lists the findings of public packs that the code acknowledges, each with its reason. */
  acknowledgedMetadata: 'HealthcareAI::Acknowledged',

  user,
  paths,
  pageApi,
  noteRoutes,

  /** What a principal can be: permissions are in `service/src/identity/roles.ts`. */
  roles: ['integration', 'clinician', 'auditor', 'admin'],

  edgeRateLimit,
  timeouts,
  database,
  maxNoteLength,

  /** CloudWatch: namespace and dimension names of the Embedded Metric Format lines. */
  metrics: { namespace: 'HealthcareAI', dimensions: ['Service', 'Stage'] },

  environment,
} as const;
