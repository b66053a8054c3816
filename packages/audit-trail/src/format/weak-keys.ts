/**
 * The y coordinates of the points of small order, in both ways to write those that have two, without the sign of x.
 * A signature under such a key proves nothing: anyone can forge one for any message.
 * https://eprint.iacr.org/2020/1244, table 1
 */
const smallOrder: ReadonlySet<string> = new Set([
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
]);

/** @param point an Ed25519 public key, 32 bytes */
export function isOfSmallOrder(point: Buffer): boolean {
  const y = Buffer.from(point);
  y[31]! &= 0x7f;
  return smallOrder.has(y.toString('hex'));
}
