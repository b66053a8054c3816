import type { SinkName } from '../../telemetry/metrics.ts';
import type { RestoreOptions } from './restore.ts';
import { RestoreError } from './restore-error.ts';

/**
 * @param trail UUID of the trail
 * @param newest number of the newest checkpoint of the source
 * @returns every sink that has all of the source
 * @throws RestoreError when one has more
 */
export async function askSinks(
  { source, published, asked = [] }: Pick<RestoreOptions, 'source' | 'published' | 'asked'>,
  trail: string,
  newest: number,
): Promise<readonly SinkName[]> {
  const has = new Set(published);
  for (const sink of asked) {
    if (await sink.reaches?.(trail, newest + 1)) {
      throw new RestoreError(
        'behind',
        `the sink ${sink.name} has checkpoint ${newest + 1}, and ${source.name} ends with ${newest}: what was published ` +
          'last can be read after some seconds, so run it again; if it stays so, the events under it are in no sink ' +
          '(runbook "Database restore")',
      );
    }
    if (await sink.reaches?.(trail, newest)) has.add(sink.name);
  }
  return [...has];
}
