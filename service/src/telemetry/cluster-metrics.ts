import { AggregatorRegistry, type Registry } from 'prom-client';
import type { MetricsSource } from './metrics-server.ts';

/** Lets the primary of a cluster read the registry of this worker. To be called once, in every worker. */
export function shareWorkerMetrics(registry: Registry): void {
  AggregatorRegistry.setRegistries(registry);
  // Constructing one is what makes a worker listen for the primary's question.
  new AggregatorRegistry();
}

/**
 * The sum over all workers, for the primary of a cluster.
 *
 * When a worker does not answer within 5 s the scrape fails, on purpose: a sum that lacks a worker would look like a
 * reset of every counter. When a worker has died its counts are gone from the sum, and Prometheus sees such a reset.
 */
export function clusterMetrics(): MetricsSource {
  const registry = new AggregatorRegistry();
  return { contentType: registry.contentType, metrics: () => registry.clusterMetrics() };
}
