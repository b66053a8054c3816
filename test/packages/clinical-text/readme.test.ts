import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../../..');
const readme = readFileSync(join(root, 'packages/clinical-text/README.md'), 'utf8');
const block = (language: string): string => {
  const [, text] = readme.match(new RegExp(`\\n\`\`\`${language}\\n([\\s\\S]+?)\`\`\``)) ?? [];
  if (text === undefined) throw new Error(`README.md has no block of ${language}`);
  return text;
};

test('the example of the README runs, and prints what the README says', () => {
  const folder = mkdtempSync(join(root, 'node_modules/.readme-'));
  try {
    const file = join(folder, 'example.mjs');
    writeFileSync(file, block('js'));
    const { stdout, stderr } = spawnSync(process.execPath, [file], { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(stdout).toBe(block('text'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
