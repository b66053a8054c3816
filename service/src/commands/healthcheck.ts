import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { contract } from '@healthcare-ai/contract';
import { Command } from 'commander';
import type { Config } from '../config/read.ts';

/** `healthcheck`: asks this machine's service for `/health`, for containers without a shell or curl. */
export const healthcheckCommand = (config: () => Config, onUnhealthy: () => void): Command =>
  new Command('healthcheck')
    .description(`request ${contract.paths.health} from the service on this machine; exit code 1 if it is not healthy`)
    .action(async () => {
      const { HOST, PORT, TLS } = config();
      const status = await ask(HOST === '0.0.0.0' || HOST === '::' ? '127.0.0.1' : HOST, PORT, TLS !== 'off');
      if (status !== 200) onUnhealthy();
    });

function ask(host: string, port: number, tls: boolean): Promise<number | undefined> {
  return new Promise((resolve) => {
    const options = { host, port, path: contract.paths.health, timeout: 2_000, rejectUnauthorized: false };
    const request = (tls ? httpsRequest : httpRequest)(options, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(undefined));
    request.end();
  });
}
