import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(process.cwd(), '..', 'shared', 'notes');

/** Files of real clinical text, outside the repository, with the key that holds the text. */
const files = {
  'aci-bench-train.jsonl': 'note_text',
  'aci-bench-valid.jsonl': 'note_text',
  'mts-dialog-train.jsonl': 'text',
  'negex-dev.jsonl': 'sentence',
  'maccrobat-dev.jsonl': 'text',
} as const;

export const hasNotes = existsSync(folder);

export interface RealText {
  readonly file: string;
  readonly id: string;
  readonly text: string;
}

/** Every text of every file, as it is. */
export function realTexts(): RealText[] {
  return Object.entries(files).flatMap(([file, key]) =>
    readFileSync(join(folder, file), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line, index) => {
        const row = JSON.parse(line) as Record<string, unknown>;
        return { file, id: String(row.id ?? index), text: String(row[key]) };
      }),
  );
}
