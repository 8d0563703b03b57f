/** One measured number of `npm run bench`. */
export interface Figure {
  name: string;
  figure: number;
  unit: string;
  /** What the product promises at most, in the same unit; absent where nothing is promised. */
  goal?: number;
  /** The same where more is better. */
  atLeast?: number;
}

/** The value below which a share of the samples lies. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const median = (samples: readonly number[]): number => percentile(samples, 0.5);

const number = (value: number) =>
  value.toLocaleString('en', { maximumFractionDigits: Math.abs(value) < 10 ? 3 : 1 });

function verdict({ figure, goal, atLeast }: Figure): string {
  if (goal !== undefined) return `  (goal ≤ ${number(goal)}${figure <= goal ? '' : ': missed'})`;
  if (atLeast !== undefined) return `  (goal ≥ ${number(atLeast)}${figure >= atLeast ? '' : ': missed'})`;
  return '';
}

/** One figure on a line, with what was promised. */
export function print(figure: Figure): void {
  const { name, unit } = figure;
  console.log(`${name.padEnd(56)} ${number(figure.figure).padStart(10)} ${unit}${verdict(figure)}`);
}

/** Columns beside each other, numbers to the right. */
export function table(head: string[], rows: string[][]): void {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const isNumber = (column: number) => rows.every((row) => /^-?[\d.,]+$/.test(row[column] ?? ''));
  for (const row of all) {
    const cells = row.map((cell, column) => {
      const width = widths[column] ?? 0;
      return isNumber(column) ? cell.padStart(width) : cell.padEnd(width);
    });
    console.log(cells.join('  '));
  }
}
