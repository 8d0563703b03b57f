/** One measured number of `npm run bench`. */
export interface Figure {
  name: string;
  figure: number;
  unit: string;
  /** What the product promises, in the same unit; absent where nothing is promised. */
  goal?: number;
}

/** The value below which a share of the samples lies. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
