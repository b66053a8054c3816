/** Paths of the service that a deployment calls. */
export const paths = {
  /** For load balancers that replace an unhealthy target (ECS): touches no dependency. */
  health: '/health',
  live: '/health/live',
  /** For proxies that only withhold traffic (Kubernetes, nginx, Cloud Run): includes the database. */
  ready: '/health/ready',
  metrics: '/metrics',
} as const;

/** Where the page at /app calls the routes of the API, with its cookie. */
export const pageApi = '/app/api';

/** Routes whose bodies hold clinical prose: a WAF must not judge their content as code. */
export const noteRoutes = ['/ingest', '/notes/search', '/summarize', '/deidentify', '/break-glass'] as const;
