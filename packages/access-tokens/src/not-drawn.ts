/**
 * Characters that show nothing although no white space, control or format character is among them, for a class of a
 * regular expression: what Unicode says is not drawn, such as the Hangul fillers, and signs that are drawn blank.
 */
export const notDrawn = String.raw`\p{DI}\u2800\u{1d159}\u{13441}\u{13442}`;
