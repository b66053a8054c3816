/** Access tokens of identity providers: trusted issuers, key sets, verification, explanation. README.md shows their use. */
export type { TokenFault } from './checks.ts';
export { isPrincipalName, PRINCIPAL_LENGTH, type TokenPrincipal } from './claims.ts';
export { faultTexts } from './describe-fault.ts';
export { type IssuerSettings, IssuerSettingsError, type KeySource, readIssuers } from './issuer-settings.ts';
export { type KeySetCopy, KeySetUnavailableError, keySetTimes, type LoadKeySet } from './key-set.ts';
export { KEY_SET_BYTES, keySetLoader, parseKeySet } from './load-key-set.ts';
export { type PresetName, presetNames, presets } from './presets.ts';
export { type Explanation, TokenVerifier, type TokenVerifierOptions, type Verification } from './token-verifier.ts';
