export { buildOpenApi, type OpenApiDocument, type OpenApiProps } from './build-openapi.ts';
export type { HttpMethod, RequestDescription, ResponseDescription, RouteDescription } from './route-description.ts';
