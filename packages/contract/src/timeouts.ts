/** Times of requests and of stopping, in seconds. Each has to fit those beside it. */
export const timeouts = {
  /** How long the load balancer keeps an idle connection; below `keepAlive`, or it reuses a closed one. */
  loadBalancerIdle: 60,
  /** Node's keep-alive timeout. https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html */
  keepAlive: 75,
  /** A client has this long to send its headers, then its whole request: a slow client cannot hold a connection open without end. */
  headers: 15,
  request: 30,
  /** After SIGTERM the process answers 503 on /health and keeps serving for this long (`SHUTDOWN_DELAY_SECONDS`). */
  shutdownDelay: 15,
  /** The load balancer stops forwarding after this long: at least `shutdownDelay`. */
  deregistration: 20,
  /** When the process ends whatever is left (`SHUTDOWN_DEADLINE_SECONDS`): below `stop`. */
  shutdownDeadline: 45,
  /** When the platform kills: ECS allows up to 120 on Fargate. */
  stop: 60,
  /** Time to the first healthy answer that a start may take before it counts as failed. */
  healthCheckGrace: 60,
} as const;
