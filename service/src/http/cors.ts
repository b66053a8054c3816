import cors from 'cors';
import type { Express } from 'express';
import { setHeaders } from './handling.ts';

/**
 * Lets the pages of other origins call what is added to the application afterwards.
 *
 * @param headers of every answer, as name, value, name, value
 */
export function allowOrigins(app: Express, origins: readonly string[], headers: readonly string[]): void {
  // `cors` answers OPTIONS itself.
  app.options('{*path}', setHeaders(headers));
  app.use(
    cors({
      origin: [...origins],
      methods: ['GET', 'POST'],
      allowedHeaders: ['Authorization', 'Content-Type', 'Idempotency-Key'],
      exposedHeaders: ['Idempotency-Replayed', 'RateLimit', 'RateLimit-Policy', 'Retry-After', 'X-Request-Id'],
      maxAge: 600,
    }),
  );
}
