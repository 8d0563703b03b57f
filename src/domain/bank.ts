const shortName = (name: string) => name.replace(/股份有限公司$/u, '').replace(/^中国(?=.{2,}银行)/u, '');

/** Whether two names mean one bank: 光大银行 is 中国光大银行, and 中国银行 is no other. */
export function isSameBank(one: string, other: string): boolean {
  return shortName(one) === shortName(other);
}
