import type { NamedCallError } from './call-middleware.ts';

interface AwsError extends NamedCallError {
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly attempts?: number };
}

/** Names that the services use for the same error: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html and each service's own list. */
const kinds: readonly (readonly [pattern: RegExp, explain: (error: AwsError, call: string) => string])[] = [
  [
    /^(ExpiredToken|ExpiredTokenException|TokenRefreshRequired)$/,
    () =>
      'The AWS credentials have expired. Log in again (with SSO: aws sso login --profile NAME), then repeat the command.',
  ],
  [
    /^(CredentialsProviderError|TokenProviderError|CredentialsError)$/,
    (error) =>
      /sso|expired/i.test(error.message)
        ? 'The AWS login has ended. Log in again (aws sso login --profile NAME), then repeat the command.'
        : 'There are no AWS credentials. Give --profile (or AWS_PROFILE) with the name of a profile that ~/.aws/config has; aws configure sso makes one.',
  ],
  [
    /^(RequestTimeTooSkewed|RequestExpired|RequestInTheFuture)$/,
    () =>
      'The clock of this machine is wrong: AWS refuses its signatures. Set the clock (timedatectl set-ntp true), then repeat the command.',
  ],
  [
    /^(UnrecognizedClientException|InvalidClientTokenId|InvalidAccessKeyId|AuthFailure)$/,
    () =>
      'AWS does not know these credentials. Check --profile or AWS_PROFILE, and that they are of this partition and account.',
  ],
  [
    /^(SignatureDoesNotMatch|InvalidSignatureException|IncompleteSignature|IncompleteSignatureException|MissingAuthenticationToken|MissingAuthenticationTokenException)$/,
    (error) =>
      /expired|not yet current|skew/i.test(error.message)
        ? 'The clock of this machine is wrong: AWS refuses its signatures. Set the clock (timedatectl set-ntp true), then repeat the command.'
        : 'AWS refuses the signature: the secret key does not belong to the access key. Check --profile or AWS_PROFILE.',
  ],
  [
    /^(AccessDenied|AccessDeniedException|UnauthorizedOperation|UnauthorizedAccess|NotAuthorized|AuthorizationError|AuthorizationErrorException|OptInRequired)$/,
    (error, call) => {
      const action = /not authorized to perform: ?([\w-]+:\w+)/.exec(error.message)?.[1];
      const resource = /on resource: ?"?([^\s",]+)/.exec(error.message)?.[1];
      const what = [action ?? call, resource && `on ${resource}`].filter(Boolean).join(' ');
      return `Not allowed: ${what}. Ask for this right, or use a --profile that has it.`;
    },
  ],
  [
    /^(Throttling|ThrottlingException|ThrottledException|RequestThrottled|RequestThrottledException|TooManyRequestsException|RequestLimitExceeded|SlowDown|BandwidthLimitExceeded|PriorRequestNotComplete|EC2ThrottledException|ProvisionedThroughputExceededException|TransactionInProgressException)$/,
    (error, call) => `AWS asks to slow down (${call}, ${tries(error)}). Wait a minute, then repeat the command.`,
  ],
  [
    /NotFound|NoSuch|DoesNotExist|NotExist|NonExistent|UnknownResource/,
    (error, call) =>
      `Not found (${call}): ${firstLine(error)}. Check --stage, --region and --profile; is the stage deployed?`,
  ],
  [
    /^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|EPIPE|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|EAI_FAIL|UND_ERR_.*|TimeoutError|NetworkingError|RequestTimeout)$/,
    (error, call) =>
      `AWS could not be reached (${call}, ${nameOf(error)}, ${tries(error)}). Check the network, the proxy and --region, then repeat the command.`,
  ],
  [
    /^(CERT_.*|ERR_TLS.*|ERR_SSL.*|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_.*)$/,
    (error, call) =>
      `The connection to AWS is not trusted (${call}, ${error.code}). A proxy that opens TLS? Set NODE_EXTRA_CA_CERTS to its authority.`,
  ],
];

const tries = ({ $metadata }: AwsError): string => {
  const attempts = $metadata?.attempts ?? 1;
  return attempts === 1 ? 'tried once' : `tried ${attempts} times`;
};

/** Errors of signing echo the canonical request, with its token: only the first line is kept, and never of those. */
const firstLine = (error: Error): string => error.message.split('\n', 1)[0]!.trim().slice(0, 300).replace(/\.$/, '');

/** Whether a call to AWS failed, rather than this program. */
export const isAwsError = (error: unknown): error is AwsError =>
  error instanceof Error &&
  ('$metadata' in error || 'call' in error || kinds.slice(0, -1).some(([pattern]) => pattern.test(nameOf(error))));

/** What Node.js says of a connection; where the SDK has wrapped that error, only the message has it. */
const connection = /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|EPIPE|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT)\b/;

function nameOf(error: AwsError): string {
  if (error.code !== undefined && /^[A-Z][A-Z_]+$/.test(error.code)) return error.code;
  if (/socket hang up/.test(error.message)) return 'ECONNRESET';
  return connection.exec(error.message)?.[1] ?? error.name;
}

/** One line on why a call to AWS failed and what to do: without secrets, stack or request. */
export function explain(error: AwsError): string {
  const call = error.call ?? 'AWS';
  const name = nameOf(error);
  const kind = kinds.find(([pattern]) => pattern.test(name) || pattern.test(error.name));
  if (kind !== undefined) return kind[1](error, call);
  const status = error.$metadata?.httpStatusCode;
  if (status !== undefined && status >= 500) {
    return `AWS failed (${call}, HTTP ${status}, ${tries(error)}). See https://health.aws.amazon.com/health/status, then repeat the command.`;
  }
  return `${call} was refused (${error.name}): ${firstLine(error)}`;
}
