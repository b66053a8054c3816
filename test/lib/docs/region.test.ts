import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../support/program.ts';

test('region lost: the command of the runbook writes the templates of the stage for another region, every gate content', () => {
  const runbook = readFileSync('docs/runbooks/region-lost.md', 'utf8');
  const [, command] = /npm run synth -- (prod -c [^`]+?)\n\s*```/.exec(runbook)!;
  const folder = mkdtempSync(join(tmpdir(), 'healthcare-ai-region-'));
  try {
    const args = command!
      .replaceAll(/\\\n\s*/g, ' ')
      .replaceAll("'", '')
      .split(/\s+/);
    const { code, err } = run(process.execPath, ['bin/synth.ts', ...args, '--out', folder]);

    // Notes on what no template can do name the stack; a finding would not.
    const findings = err.split('\n').filter((line) => !/^(prod\/\w+: .*|)$/.test(line));
    expect({ code, findings }).toEqual({ code: 0, findings: [] });
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.template.json'),
    );
    const texts = files.map((file) => readFileSync(join(folder, file), 'utf8'));
    expect(texts.length).toBeGreaterThan(8);
    expect(texts.join('')).not.toMatch(/us-east-1[a-f]?\b/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
