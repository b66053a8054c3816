import { bindingOf, type SealContext } from '../../crypto/envelope.ts';

/** What a sealed analysis is bound to: what its note is bound to, as an analysis and nothing else. */
export const analysisBinding = (context: SealContext): string => bindingOf('analysis', context);
