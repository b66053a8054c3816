#!/usr/bin/env node
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { operatorName } from '@healthcare-ai/ops/audit/operator-name';
import { auditCommand } from '@healthcare-ai/ops/commands/audit';
import { type EvidenceRequest, evidenceCommand } from '@healthcare-ai/ops/commands/evidence';
import { opsCommands } from '@healthcare-ai/ops/commands/index';
import { tokenCommand } from '@healthcare-ai/ops/commands/token';
import { UsageError } from '@healthcare-ai/ops/errors';
import { runProgram } from '@healthcare-ai/ops/process';
import { stages } from '../lib/config/stages.ts';
import { auditTools } from '../service/src/runtime/audit-tools.ts';

const { env, stdin, stderr } = process;
const audit = auditCommand({ ...auditTools({ env, stderr }), user: operatorName(), stdin, terminal: stderr });

/** Synthesizes the stage unless templates are given, and makes the evidence report. It loads CDK, which takes a second. */
async function makeEvidence({ config, templates, progress, ...request }: EvidenceRequest) {
  const { EvidenceInputError, runEvidence } = await import('@healthcare-ai/compliance');
  const { gateProfile: profile } = await import('@healthcare-ai/ops/gate-profile');
  const { contextOf, synthesize } = await import('../lib/synthesize.ts');
  const folder = mkdtempSync(join(tmpdir(), 'healthcare-ai-evidence-'));
  const { stage } = config;
  try {
    if (templates === undefined) {
      progress(`Synthesizing ${stage}`);
      synthesize({ config, folder, context: contextOf('cdk.json') });
    }
    progress(`Comparing the controls of ${stage} with gates, code and tests`);
    return runEvidence({ stage, root: '.', profile, templates: templates ?? folder, ...request });
  } catch (error) {
    throw error instanceof EvidenceInputError ? new UsageError(error.message) : error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await runProgram(
  {
    name: 'npm run ops --',
    description: 'Operates a deployed stage.',
    commands: [...opsCommands, evidenceCommand(makeEvidence), tokenCommand({ stdin, terminal: stderr }), audit],
    examples: ['npm run ops -- status --stage dev'],
  },
  stages,
);
