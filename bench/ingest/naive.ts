import { randomUUID } from 'node:crypto';
import express from 'express';
import helmet from 'helmet';
import winston from 'winston';
import { z } from 'zod';

/** Baseline (b): Express, express.json, helmet, zod and winston as their front pages show them. It keeps nothing. */
const schema = z.object({ patient_id: z.string().min(1).max(50), note_text: z.string().min(1).max(10_000) });
const log = winston.createLogger({
  format: winston.format.combine(winston.format.timestamp(), winston.format.json()),
  transports: [new winston.transports.Console()],
});
const app = express();
app.use(helmet());
app.use(express.json());
app.use((request, response, next) => {
  const started = performance.now();
  response.on('finish', () => {
    const duration_ms = performance.now() - started;
    log.info('http_request', { method: request.method, route: '/ingest', status: response.statusCode, duration_ms });
  });
  next();
});
app.post('/ingest', (request, response) => {
  const parsed = schema.safeParse(request.body);
  if (!parsed.success) {
    response.status(422).json({ errors: parsed.error.issues });
    return;
  }
  const { patient_id } = parsed.data;
  response.json({ audit_id: randomUUID(), received_at: new Date().toISOString(), status: 'received', patient_id });
});
app.listen(Number(process.argv[2]), '127.0.0.1');
