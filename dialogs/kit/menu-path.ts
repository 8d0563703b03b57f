/** Menu names of the app as one way to follow, outermost first: 我的 → 账户安全. */
export function menuPath(names: readonly string[]): string {
  return names.join(' → ');
}
