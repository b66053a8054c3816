/**
 * Resource types of this deployment with the properties that it sets, list indices as `*`. `X.**` stands for all that
 * is below X, where another policy judges the whole (policy documents, WAF statements).
 */
export const reviewedTypes: { readonly [type: string]: readonly string[] } = {};
