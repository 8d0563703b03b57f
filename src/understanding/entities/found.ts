/** Something recognised in a folded text; offsets in UTF-16 units, end exclusive. */
export interface Found<T> {
  start: number;
  end: number;
  value: T;
}

/** Clauses that set something aside: 不是招行, 5566那张不用. */
const NEGATED_BEFORE = /(?:不是|并非|不要|別|别|不用|不解|除了|而不是|先不)[^,。;!?\s是]{0,6}$/;
const NEGATED_AFTER = /^(?:的|那张|这张|卡)*(?:不用|不要|不解|不动|留着|保留|先不)/;
const CHOSEN_BEFORE =
  /(?:要解|想解|解绑|解除|先解|解掉|就是|就解|选|换成|处理|而是|其实是|应该是|说的是|的是)[^,。;!?\d]{0,6}$/;

/**
 * The one value meant when a text names several: what is set aside goes, then what is chosen wins.
 * Undefined when more than one remains.
 */
export function singleOut<T>(text: string, found: readonly Found<T>[]): T | undefined {
  const before = (f: Found<T>) => text.slice(Math.max(0, f.start - 14), f.start);
  const kept = found.filter(
    (f) => !NEGATED_BEFORE.test(before(f)) && !NEGATED_AFTER.test(text.slice(f.end, f.end + 8)),
  );
  const values = new Set(kept.map((f) => f.value));
  if (values.size === 1) return kept[0]?.value;
  const chosen = new Set(kept.filter((f) => CHOSEN_BEFORE.test(before(f))).map((f) => f.value));
  return chosen.size === 1 ? [...chosen][0] : undefined;
}
