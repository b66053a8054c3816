/** What a model costs, in any currency, as the operator's contract says. */
export interface ModelPrices {
  readonly inputPer1k: number;
  readonly outputPer1k: number;
}

/** @returns null without prices: they change, and differ by region and contract, so none is built in */
export const costOf = (
  { inputTokens, outputTokens }: { readonly inputTokens: number; readonly outputTokens: number },
  prices: ModelPrices | undefined,
): number | null => (prices ? (inputTokens * prices.inputPer1k + outputTokens * prices.outputPer1k) / 1000 : null);
