import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** The validator is an ES module without a CommonJS form, which jest cannot load: a process of its own does. */
export async function validate(document: unknown): Promise<{ valid: boolean; errors?: unknown }> {
  const script = `
    import { Validator } from '@seriousme/openapi-schema-validator';
    let text = '';
    for await (const chunk of process.stdin) text += chunk;
    const validator = new Validator();
    const { valid, errors } = await validator.validate(JSON.parse(text));
    console.log(JSON.stringify({ valid, errors, version: validator.version }));`;
  const child = promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
    cwd: join(__dirname, '../../..'),
  });
  child.child.stdin?.end(JSON.stringify(document));
  return JSON.parse((await child).stdout);
}
