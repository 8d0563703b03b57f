/** How much of the shorter list of pairs two texts of one group share, 0 to 1 (Dice). */
const ALIKE = 0.5;

function pairsOf(text: string): Set<string> {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/〔[^〔〕]*〕|[\p{P}\p{S}\p{Z}\p{C}\d]+/gu, '');
  const characters = ['^', ...plain, '$'];
  return new Set(characters.slice(1).map((character, i) => `${characters[i]}${character}`));
}

/** How much texts have in common with the first one of each group, counted by the pairs they share. */
class FirstOnes {
  readonly #sizes: number[] = [];
  readonly #having = new Map<string, number[]>();
  #common = new Int32Array(0);

  /** The group that a text with these pairs is like; undefined when it is like none. */
  nearest(pairs: Set<string>): number | undefined {
    if (this.#common.length < this.#sizes.length) this.#common = new Int32Array(this.#sizes.length * 2);
    this.#common.fill(0);
    for (const pair of pairs)
      for (const group of this.#having.get(pair) ?? []) this.#common[group] = (this.#common[group] ?? 0) + 1;
    let best: { group: number; like: number } | undefined;
    for (const [group, size] of this.#sizes.entries()) {
      const like = (2 * (this.#common[group] ?? 0)) / (pairs.size + size);
      if (like >= ALIKE && like > (best?.like ?? 0)) best = { group, like };
    }
    return best?.group;
  }

  add(pairs: Set<string>): void {
    const group = this.#sizes.push(pairs.size) - 1;
    for (const pair of pairs) {
      const groups = this.#having.get(pair);
      if (groups) groups.push(group);
      else this.#having.set(pair, [group]);
    }
  }
}

/** Groups by what texts have in common with a group's first one, pairs of characters counted; largest first. */
export function groupSimilar<T>(items: readonly T[], textOf: (item: T) => string): T[][] {
  const groups: T[][] = [];
  const firstOnes = new FirstOnes();
  for (const item of items) {
    const pairs = pairsOf(textOf(item));
    const at = firstOnes.nearest(pairs);
    if (at !== undefined) {
      groups[at]?.push(item);
      continue;
    }
    groups.push([item]);
    firstOnes.add(pairs);
  }
  return groups.sort((a, b) => b.length - a.length);
}
