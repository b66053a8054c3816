import { contract } from '@healthcare-ai/contract';
import { migrations, schemaVersion } from '../../../service/src/database/migrations/index.ts';

/** What a service of an older release stumbles over. No release calls functions of the database: expire-audit alone does. */
const notAdditive =
  /\bDROP\s+(TABLE|COLUMN|TYPE|SCHEMA|VIEW|FUNCTION)\b|\bRENAME\b|\bALTER\s+(COLUMN\s+)?\w+\s+(SET\s+DATA\s+)?TYPE\b|\bSET\s+NOT\s+NULL\b|\bREVOKE\b(?!\s+ALL\s+ON\s+FUNCTION)/i;

test('the contract names the newest migration: images carry it, and rollbacks are judged by it', () => {
  expect(contract.database.schema.version).toBe(schemaVersion);
  const switches = migrations.find(({ name }) => name === 'stored forms');
  expect(contract.database.storedForms['audit-2']).toBe(switches?.version);
  expect(contract.database.schema.oldestService).toBeLessThanOrEqual(schemaVersion);
});

/** Proven otherwise: 0.1.0 writes while these run, and after (test/service/upgrade/under-load.test.ts). */
const proven = new Set(['partitions']);

test('a migration that is not additive raises the oldest service that still runs', () => {
  const breaking = migrations
    .filter(({ sql, name }) => notAdditive.test(sql) && !proven.has(name))
    .map(({ version }) => version);
  expect(contract.database.schema.oldestService).toBeGreaterThanOrEqual(Math.max(1, ...breaking));
});

test.each([
  'ALTER TABLE notes DROP COLUMN tenant',
  'DROP TABLE notes',
  'ALTER TABLE notes RENAME TO old_notes',
  'ALTER TABLE notes ALTER COLUMN tenant TYPE uuid',
  'ALTER TABLE notes ALTER COLUMN tenant SET NOT NULL',
])('%s is known for what it is', (sql) => {
  expect(sql).toMatch(notAdditive);
});
