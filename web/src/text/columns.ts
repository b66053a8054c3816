/** Whether a text has a table that only characters of one width keep in line: three lines of three columns in a row. */
export function hasColumns(text: string): boolean {
  let rows = 0;
  for (const line of text.split(/\r\n|\r|\n/)) {
    const gaps = line.trim().match(/(?<![ .:;?!]) {2,}|\t| ?\|/g) ?? [];
    rows = gaps.length >= 2 ? rows + 1 : 0;
    if (rows === 3) return true;
  }
  return false;
}
