type Rows = readonly (readonly string[])[];

/** Lines whose columns are as wide as their widest cell; a column without any cell is left out. */
export function aligned(rows: Rows): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .filter((_, column) => widths[column]! > 0)
      .join('  ')
      .trimEnd(),
  );
}

/** Columns for a terminal, under their titles. */
export const table = (head: readonly string[], rows: Rows): string => aligned([head, ...rows]).join('\n');
