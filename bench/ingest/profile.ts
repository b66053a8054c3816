import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LoadOptions, send } from './load.ts';
import type { Server } from './servers.ts';

interface ProfileNode {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
}

/** Functions of a profile that are printed. */
const most = 20;

/** Where a server under load spends its time: its costliest functions, as lines. The warm-up is left out. */
export async function profileOf(
  start: (nodeArgs: readonly string[]) => Promise<Server>,
  load: LoadOptions,
): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'healthcare-ai-bench-profile-'));
  try {
    const server = await start(['--cpu-prof', '--cpu-prof-dir', folder, '--cpu-prof-interval', '500']);
    await send(server, load);
    await send(server, load);
    await server.stop();
    return costliest(JSON.parse(readFileSync(join(folder, readdirSync(folder)[0]!), 'utf8')));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function costliest(profile: {
  readonly nodes: readonly ProfileNode[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}): string[] {
  const names = new Map(profile.nodes.map((node) => [node.id, nameOf(node)]));
  const costs = new Map<string, number>();
  let busy = 0;
  for (const [index, id] of profile.samples.entries()) {
    const name = names.get(id)!;
    if (index < profile.samples.length / 2 || name.startsWith('(idle)')) continue;
    busy += profile.timeDeltas[index]!;
    costs.set(name, (costs.get(name) ?? 0) + profile.timeDeltas[index]!);
  }
  const sorted = [...costs].sort(([, a], [, b]) => b - a).slice(0, most);
  return sorted.map(([name, cost]) => `${((100 * cost) / busy).toFixed(1).padStart(6)} %  ${name}`);
}

function nameOf({ callFrame: { functionName, url, lineNumber } }: ProfileNode): string {
  const place = url.startsWith('node:') || url === '' ? url : `${url.split('/').slice(-3).join('/')}:${lineNumber + 1}`;
  return `${functionName || '(anonymous)'} ${place}`.trimEnd();
}
