const POLYNOMIAL = 0x1021;

/** CRC-16/XMODEM: https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/ */
function crc16(text: string): number {
  let crc = 0;
  for (const byte of Buffer.from(text)) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? (crc << 1) ^ POLYNOMIAL : crc << 1;
    crc &= 0xffff;
  }
  return crc;
}

const known = new Map<string, number>();

/** How many there are in a Cluster. */
export const SLOTS = 16_384;

/** The slot of a key with a hash tag; such tags are few (one a shard), so that they are kept. */
export function slotOf(key: string): number {
  const open = key.indexOf('{');
  const close = key.indexOf('}', open + 1);
  const hashed = open >= 0 && close > open + 1 ? key.slice(open + 1, close) : key;
  let slot = known.get(hashed);
  if (slot === undefined) {
    slot = crc16(hashed) % SLOTS;
    known.set(hashed, slot);
  }
  return slot;
}
