/**
 * One page from several: of several values in one condition PostgreSQL would read and sort all of their rows, where it
 * reads a page of each from the index.
 *
 * @param pages statements that are ordered and cut as the whole is
 * @param order what follows ORDER BY, with the limit
 */
export const joinPages = (pages: readonly string[], order: string): string =>
  pages.length === 1 ? pages[0]! : `${pages.map((page) => `(${page})`).join(' UNION ALL ')} ORDER BY ${order}`;
