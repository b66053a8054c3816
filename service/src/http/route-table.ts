import type { IRouter, RequestHandler } from 'express';

export interface Endpoint {
  readonly method: 'GET' | 'POST';
  /** In the form of OpenAPI: `/notes/{audit_id}`. */
  readonly path: string;
  readonly handler: RequestHandler;
}

/**
 * Adds endpoints to a router.
 *
 * @param refuse answers a method that a path does not have
 */
export function addEndpoints(
  router: IRouter,
  endpoints: readonly Endpoint[],
  refuse: (path: string, allowed: readonly string[]) => RequestHandler,
): void {
  // Literal paths first: /notes/search is not the note "search", whatever the method.
  const paths = [...Map.groupBy(endpoints, ({ path }) => path)];
  for (const [path, group] of paths.sort(([a], [b]) => Number(a.includes('{')) - Number(b.includes('{')))) {
    const route = router.route(path.replaceAll(/\{(\w+)\}/g, ':$1'));
    for (const { method, handler } of group) route[method === 'GET' ? 'get' : 'post'](handler);
    const allowed = group.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
    route.all(refuse(path, allowed));
  }
}
