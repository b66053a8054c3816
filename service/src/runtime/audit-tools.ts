import { readFileSync } from 'node:fs';
import type { AuditStore } from '@healthcare-ai/audit-trail/store';
import packageJson from '../../package.json' with { type: 'json' };
import { explain } from '../commands/explain.ts';
import type { Need } from '../config/cross-checks.ts';
import { type Config, readConfig } from '../config/read.ts';

export interface AuditToolsOptions {
  /** The service's environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Receives warnings and errors. */
  readonly stderr: NodeJS.WritableStream;
}

/** What the audit commands of `npm run ops` need of the service. It is loaded when it is first used. */
export function auditTools({ env, stderr }: AuditToolsOptions) {
  const config = (needs: readonly Need[]): Config => readConfig(env, (path) => readFileSync(path, 'utf8'), needs);
  return {
    async openStore(): Promise<AuditStore> {
      const [{ openAuditStore }, { createLogger }] = await Promise.all([
        import('./open-audit-store.ts'),
        import('../telemetry/log.ts'),
      ]);
      const log = createLogger({ level: 'warn', format: 'text', stream: stderr });
      return openAuditStore({ config, version: packageJson.version, log });
    },
    async signingKeys(): Promise<readonly Buffer[]> {
      const { signingPublicKeys } = await import('./open-audit-store.ts');
      return signingPublicKeys(config(['database']));
    },
    explain,
  };
}
