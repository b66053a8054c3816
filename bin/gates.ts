import { gatesCommand } from '@healthcare-ai/cloud-policies/gates/command';

process.exitCode = gatesCommand(process.argv.slice(2), {
  out: (text) => process.stdout.write(`${text}\n`),
  err: (text) => process.stderr.write(`${text}\n`),
});
