import { type Client, clientOf } from './client.ts';
import { createKey, createTestDatabase, type ServiceProcess, startProcess, type TestDatabase } from './service.ts';

export interface Owner {
  /** @default 'north' */
  readonly tenant?: string;
  /** @default - the roles, joined */
  readonly principal?: string;
  readonly roles: readonly string[];
  /** @default - none */
  readonly careTeams?: readonly string[];
}

export interface StageOptions<Name extends string> {
  /** The API keys that the test uses, by a name of its own. */
  readonly keys: Readonly<Record<Name, Owner>>;
  /** Settings of the process. */
  readonly env?: Readonly<Record<string, string>>;
  /** @default - a new one */
  readonly database?: TestDatabase;
}

/** A running service with a database and keys of a test file's own. */
export interface Stage<Name extends string> {
  readonly database: TestDatabase;
  readonly service: ServiceProcess;
  readonly url: string;
  readonly tokens: Readonly<Record<Name, string>>;
  readonly anonymous: Client;
  /** A client that sends the key of this name. */
  as(name: Name): Client;
  stop(): Promise<void>;
}

export async function startStage<Name extends string>(options: StageOptions<Name>): Promise<Stage<Name>> {
  const database = options.database ?? (await createTestDatabase());
  const tokens = {} as Record<Name, string>;
  for (const [name, owner] of Object.entries(options.keys) as [Name, Owner][]) {
    tokens[name] = await createKey(database, owner);
  }
  const service = await startProcess({ env: { ...database.env, ...options.env } });
  return {
    database,
    service,
    url: service.url,
    tokens,
    anonymous: clientOf(service.url),
    as: (name) => clientOf(service.url, tokens[name]),
    async stop() {
      await service.stop();
      await database.remove();
    },
  };
}
