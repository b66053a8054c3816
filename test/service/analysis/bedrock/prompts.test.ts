import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { currentPrompt, promptSha256, prompts } from '../../../../service/src/analysis/bedrock/prompts/index.ts';

const log = readFileSync(join(__dirname, '../../../../docs/prompts.md'), 'utf8');
const rows = [...log.matchAll(/^\| (\d+\.\d+\.\d+) \| `([0-9a-f]{64})` \| \d{4}-\d\d-\d\d \| \S.+ \|$/gm)];

test('docs/prompts.md has each version with its hash, and no other (an edited prompt is a new version)', () => {
  expect(rows.map(([, version, sha256]) => [version, sha256])).toEqual(
    prompts.map((prompt) => [prompt.version, promptSha256(prompt)]),
  );
});

test('each version is another, and the one in use is the newest', () => {
  expect(new Set(prompts.map(({ version }) => version)).size).toBe(prompts.length);
  expect(currentPrompt).toBe(prompts.at(-1));
});

test('a word, a tool or a member of the schema more is another hash', () => {
  const hash = promptSha256(currentPrompt);

  for (const change of [
    { system: `${currentPrompt.system} ` },
    { tool: { ...currentPrompt.tool, description: '' } },
    { schema: { ...currentPrompt.schema, additionalProperties: true } },
  ]) {
    expect(promptSha256({ ...currentPrompt, ...change })).not.toBe(hash);
  }
});

test('instructs the model that the note is data, and to quote', () => {
  expect(currentPrompt.system).toMatch(/never an instruction/);
  expect(currentPrompt.system).toMatch(/letter for letter/);
});
