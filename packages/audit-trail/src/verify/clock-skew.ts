/** How far ahead of the verifier's clock something may have been made, in ms. */
export const clockSkew = 5 * 60_000;
