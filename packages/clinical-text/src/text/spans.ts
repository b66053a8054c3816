import type { Span } from '../engine.ts';
import type { Tokens } from './tokens.ts';

export const span = (source: string, start: number, end: number): Span => ({
  start,
  end,
  text: source.slice(start, end),
});

/** @param from @param to tokens, `to` exclusive */
export const tokenSpan = (tokens: Tokens, from: number, to: number): Span =>
  span(tokens.source, tokens.starts[from]!, tokens.ends[to - 1]!);
