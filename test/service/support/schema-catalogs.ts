import { spawnSync } from 'node:child_process';
import type { Queryable } from '../../../service/src/database/database.ts';
import { migrate } from '../../../service/src/database/migrate.ts';
import { PgliteDatabase } from '../../../service/src/database/pglite.ts';

/** What the catalogs say of the schema, without what differs between databases: the names of objects are their ids. */
export async function catalogs(database: Queryable): Promise<readonly string[]> {
  const { rows } = await database.query<{ line: string }>({
    text: `
      SELECT format('column %s.%s %s %s %s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attstorage) AS line
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
      UNION ALL SELECT format('table %s %s %s %s %s', relname, relkind, reloptions, pg_get_expr(relpartbound, oid), pg_get_partkeydef(oid))
      FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
      UNION ALL SELECT format('index %s %s of %s', pg_get_indexdef(indexrelid), indisvalid, (SELECT inhparent::regclass FROM pg_inherits WHERE inhrelid = indexrelid))
      FROM pg_index JOIN pg_class c ON c.oid = indexrelid WHERE c.relnamespace = 'public'::regnamespace
      UNION ALL SELECT format('constraint %s %s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid), convalidated)
      FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n' AND (contype <> 'f' OR conparentid = 0)
      UNION ALL SELECT format('trigger %s %s', pg_get_triggerdef(t.oid), tgparentid <> 0) FROM pg_trigger t WHERE NOT tgisinternal
      UNION ALL SELECT format('function %s %s %s', proname, prosrc, prosecdef) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
      UNION ALL SELECT format('right %s %s %s', relname, grantee::regrole, privilege_type)
      FROM pg_class, aclexplode(relacl) WHERE relnamespace = 'public'::regnamespace AND grantee <> relowner`,
  });
  return rows.map(({ line }) => line).sort();
}

/** Those of a new embedded database. It does not open within jest: this file makes it as a program. */
export function embeddedCatalogs(): readonly string[] {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['test/service/support/schema-catalogs.ts'], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as string[];
}

async function main(): Promise<void> {
  const database = await PgliteDatabase.open(undefined);
  await migrate(database);
  process.stdout.write(JSON.stringify(await catalogs(database)));
  await database.close();
}

if (process.argv[1]?.endsWith('schema-catalogs.ts')) void main();
