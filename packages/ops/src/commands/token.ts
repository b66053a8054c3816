import { readFileSync } from 'node:fs';
import type { Explanation, IssuerSettings } from '@healthcare-ai/access-tokens';
import { faultTexts } from '@healthcare-ai/access-tokens/describe-fault';
import { contract } from '@healthcare-ai/contract';
import type { Command } from 'commander';
import type { LocalContext } from '../context.ts';
import { OpsFailure, UsageError } from '../errors.ts';
import type { GlobalOptions } from '../options.ts';
import { example, type OpsCommand } from '../program.ts';
import { readSecret, type SecretInput } from '../read-secret.ts';

/** `token explain`: why the service would refuse an access token, or who it would be. Never prints the token. */
export const tokenCommand =
  (input: SecretInput): OpsCommand =>
  (program, contextOf, localOf) => {
    program
      .command('token')
      .description('explain access tokens of identity providers')
      .command('explain')
      .description('say which issuer a token matches, and why it is refused or what principal it gives; 1 when refused')
      .option('--issuers <file>', 'issuers as OIDC_ISSUERS has them (default: of --stage, else OIDC_ISSUERS)')
      .addHelpText(
        'after',
        example(
          'npm run ops -- token explain --stage dev',
          'npm run ops -- token explain --issuers issuers.json --json',
        ),
      )
      .action(async (flags: { readonly issuers?: string }, command: Command) => {
        const context = localOf(command);
        context.state('Nothing was changed.');
        const { stage } = command.optsWithGlobals() as GlobalOptions;
        const ofStage =
          flags.issuers === undefined && stage !== undefined ? contextOf(command).config.service.issuers : [];
        const issuers = await (ofStage.length > 0
          ? parseIssuers(ofStage, `the stage ${stage}`)
          : issuersIn(context, flags.issuers));
        await explainToken(context, input, issuers);
      });
  };

async function explainToken(context: LocalContext, input: SecretInput, issuers: readonly IssuerSettings[]) {
  const { keySetLoader, TokenVerifier } = await import('@healthcare-ai/access-tokens');
  const { signal } = context;
  const line = await readSecret(input, { prompt: 'Access token (not shown): ', echo: false, signal });
  const token = line.trim().replace(/^Bearer +/i, '');
  if (token === '')
    throw new UsageError('The token is read from standard input, which was empty. Paste it, or pipe it in.');
  const verifier = new TokenVerifier({
    issuers,
    roles: contract.roles,
    // The copy in a bucket is for tasks; the operator's machine has no right to read it.
    loaderOf: ({ keys }) => keySetLoader(keys) ?? (() => Promise.reject(new Error('The key set is in a bucket.'))),
    now: () => context.clock.now(),
  });
  const explanation = await verifier.explain(token);
  const { issuer, faults, signature, claims, principal } = explanation;
  context.output.result(
    {
      issuer: issuer?.issuer ?? null,
      preset: issuer?.preset ?? null,
      signature,
      claims,
      faults: faults.map((fault) => ({ fault, text: faultTexts[fault] })),
      principal: principal ?? null,
    },
    describe(explanation, issuers),
  );
  if (faults.length > 0) throw new OpsFailure('');
}

const signatures: Readonly<Record<Explanation['signature'], string>> = {
  valid: 'valid',
  invalid: 'invalid',
  unavailable: 'not checked, because the key set cannot be read from this machine',
  'not-checked': 'not checked',
};

function describe(
  { issuer, faults, signature, claims, principal }: Explanation,
  issuers: readonly IssuerSettings[],
): string {
  const lines = [
    issuer === undefined
      ? `Issuer: none of the ${issuers.length} configured (${issuers.map((one) => one.issuer).join(', ')})`
      : `Issuer: ${issuer.issuer} (preset ${issuer.preset})`,
    `Signature: ${signatures[signature]}`,
    `Claims: ${claims.join(', ') || 'none'}`,
  ];
  if (principal !== undefined) {
    const roles = principal.roles.join(', ') || 'no role, so every request is answered with 403';
    lines.push(`Principal: ${principal.name} of tenant ${principal.tenant}; ${roles}`);
    if (principal.careTeams.length > 0) lines.push(`Care teams: ${principal.careTeams.join(', ')}`);
  }
  lines.push(
    faults.length === 0 ? 'Accepted.' : 'Refused:',
    ...faults.map((fault) => `- ${fault}: ${faultTexts[fault]}`),
  );
  return lines.join('\n');
}

/** @throws UsageError where there are no issuers, or their file is wrong */
async function issuersIn({ env }: LocalContext, file: string | undefined): Promise<readonly IssuerSettings[]> {
  const path = file ?? env.OIDC_ISSUERS_FILE;
  const source = path === undefined ? 'OIDC_ISSUERS' : path;
  let text = path === undefined ? env.OIDC_ISSUERS : undefined;
  if (path !== undefined) {
    try {
      text = readFileSync(path, 'utf8');
    } catch (error) {
      throw new UsageError(`${path} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
    }
  }
  if (text === undefined) throw new UsageError('Name the issuers: --issuers FILE, --stage STAGE, or OIDC_ISSUERS.');
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new UsageError(`${source} is not JSON.`);
  }
  return parseIssuers(parsed, source);
}

/** @throws UsageError where the issuers are wrong */
async function parseIssuers(input: unknown, source: string): Promise<readonly IssuerSettings[]> {
  const { IssuerSettingsError, readIssuers } = await import('@healthcare-ai/access-tokens');
  try {
    return readIssuers(input, contract.roles);
  } catch (error) {
    if (error instanceof IssuerSettingsError) throw new UsageError(`${source}: ${error.message}`);
    throw error;
  }
}
