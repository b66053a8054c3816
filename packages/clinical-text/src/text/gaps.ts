import type { Tokens } from './tokens.ts';

/** Whether a tab or at least two spaces part a token from the one before it on the same line: a form's next column. */
export const afterGap = (tokens: Tokens, at: number): boolean => {
  if (at <= 0 || at >= tokens.count || tokens.breaks[at]! > 0) return false;
  const width = tokens.starts[at]! - tokens.ends[at - 1]!;
  return width >= 2 || (width === 1 && tokens.source.charCodeAt(tokens.ends[at - 1]!) === 9);
};

/** Whether a token begins a line. */
export const startsLine = (tokens: Tokens, at: number): boolean => at === 0 || tokens.breaks[at]! > 0;
