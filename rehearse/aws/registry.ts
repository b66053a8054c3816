import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { type IncomingMessage, request, type ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { BatchGetImageCommand, type ECRClient, PutImageCommand } from '@aws-sdk/client-ecr';
import type { KeyPair } from './certificate.ts';
import { stopped } from './emulator.ts';

export interface RegistryOptions {
  readonly account: string;

  /** Where tools log in and push. */
  readonly port: number;

  /** Where the storage of the blobs listens. */
  readonly storagePort: number;

  readonly keys: KeyPair;

  readonly ecr: Pick<ECRClient, 'send'>;
}

export interface Registry {
  close(): Promise<void>;
}

/** Debian's docker-registry, which keeps the blobs of every account. */
export async function startStorage(folder: string, port: number): Promise<Registry> {
  const configuration = join(folder, 'registry.yml');
  const lines = [
    'version: 0.1',
    'log: {level: error}',
    `storage: {filesystem: {rootdirectory: ${join(folder, 'registry')}}}`,
    `http: {addr: "127.0.0.1:${port}", relativeurls: true, secret: rehearsal}`,
  ];
  writeFileSync(configuration, `${lines.join('\n')}\n`);
  const storage = spawn('docker-registry', ['serve', configuration], { stdio: 'ignore' });
  for (let tries = 0; tries < 100; tries += 1) {
    if (await fetch(`http://127.0.0.1:${port}/v2/`).catch(() => undefined)) break;
    await delay(100);
  }
  return { close: () => stopped(storage) };
}

/**
 * The registry behind the API of an account's ECR: blobs go to the storage, and every manifest goes to the emulator's ECR,
 * from which it is also read. It takes the login that ECR gives out for the account, and no other.
 */
export async function startRegistry({ account, port, storagePort, keys, ecr }: RegistryOptions): Promise<Registry> {
  // The password that the emulator's GetAuthorizationToken gives.
  const login = `Basic ${Buffer.from(`AWS:${account}-auth-token`).toString('base64')}`;
  const server = createServer({ key: keys.key, cert: keys.certificate }, (incoming, response) => {
    serve(incoming, response).catch(() => response.destroy());
  });

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    if (incoming.headers.authorization !== login) {
      response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="ecr"' }).end();
      return;
    }
    const [, repositoryName, reference] = /^\/v2\/(.+)\/manifests\/([^?]+)/.exec(incoming.url ?? '') ?? [];
    if (repositoryName === undefined || reference === undefined) {
      await forward(incoming, response);
      return;
    }
    const imageId = reference.startsWith('sha256:') ? { imageDigest: reference } : { imageTag: reference };
    if (incoming.method !== 'PUT') {
      const { images } = await ecr.send(new BatchGetImageCommand({ repositoryName, imageIds: [imageId] }));
      const [image] = images ?? [];
      if (image?.imageManifest === undefined) {
        await forward(incoming, response);
        return;
      }
      const headers = {
        'Content-Type': image.imageManifestMediaType ?? JSON.parse(image.imageManifest).mediaType,
        'Content-Length': Buffer.byteLength(image.imageManifest),
        'Docker-Content-Digest': image.imageId?.imageDigest,
      };
      response.writeHead(200, headers).end(incoming.method === 'HEAD' ? undefined : image.imageManifest);
      return;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const manifest = Buffer.concat(chunks);
    const digest = await forward(incoming, response, manifest);
    if (digest === undefined) return;
    const { imageTag } = imageId as { imageTag?: string };
    const put = { repositoryName, imageManifest: manifest.toString(), imageDigest: digest, imageTag };
    await ecr.send(new PutImageCommand({ ...put, imageManifestMediaType: incoming.headers['content-type'] }));
    response.end();
  }

  /** @returns the digest of a manifest that was stored; the answer is then left open until ECR has it */
  function forward(incoming: IncomingMessage, response: ServerResponse, body?: Buffer): Promise<string | undefined> {
    return new Promise((resolve, reject) => {
      const { method, url: path, headers } = incoming;
      const passed = request({ host: '127.0.0.1', port: storagePort, method, path, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        if (body !== undefined && answer.statusCode === 201) {
          answer.resume();
          resolve(String(answer.headers['docker-content-digest']));
          return;
        }
        answer.pipe(response);
        answer.on('end', () => resolve(undefined));
      });
      passed.on('error', reject);
      if (body === undefined) incoming.pipe(passed);
      else passed.end(body);
    });
  }

  await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening));
  return {
    async close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
