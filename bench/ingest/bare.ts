import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import winston from 'winston';
import * as z from 'zod';
import { securityHeaders } from '../../service/src/http/security-headers.ts';

/**
 * Baseline (a): bare node:http that parses, validates, sends the same headers and writes the same log line. It keeps
 * nothing, knows nobody and encrypts nothing.
 */
const schema = z.object({ patient_id: z.string().min(1).max(50), note_text: z.string().min(1).max(10_000) });
const log = winston.createLogger({
  format: winston.format((info) => {
    info[Symbol.for('message')] = JSON.stringify({ timestamp: new Date().toISOString(), ...info });
    return info;
  })(),
  transports: [new winston.transports.Console()],
});
const always = securityHeaders();

createServer((request, response) => {
  if (request.method !== 'POST') {
    response.writeHead(404).end();
    return;
  }
  const started = performance.now();
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const parsed = schema.safeParse(JSON.parse(Buffer.concat(chunks).toString('utf8')));
    const request_id = randomUUID();
    const answer = parsed.success
      ? {
          audit_id: randomUUID(),
          received_at: new Date().toISOString(),
          status: 'received',
          patient_id: parsed.data.patient_id,
        }
      : { status: 422 };
    const text = JSON.stringify(answer);
    response.writeHead(parsed.success ? 200 : 422, [
      ...always,
      'X-Request-Id',
      request_id,
      'Content-Type',
      'application/json; charset=utf-8',
      'Content-Length',
      String(Buffer.byteLength(text)),
    ]);
    response.end(text);
    const duration_ms = performance.now() - started;
    log.info('http_request', { request_id, method: 'POST', route: '/ingest', status: 200, duration_ms });
  });
}).listen(Number(process.argv[2]), '127.0.0.1');
