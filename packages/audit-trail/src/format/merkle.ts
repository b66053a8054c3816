import { hash } from 'node:crypto';

/**
 * Merkle trees as RFC 6962 defines them: leaves and nodes are hashed with prefixes of their own, so that a node can
 * never be shown as a leaf. https://www.rfc-editor.org/rfc/rfc6962#section-2.1
 */
const leafPrefix = 0x00;
const nodePrefix = 0x01;

const sha256 = (data: Buffer): Buffer => hash('sha256', data, 'buffer');

/** Hash of a leaf, 32 bytes. */
export const leafHash = (data: Buffer): Buffer => sha256(Buffer.concat([Buffer.of(leafPrefix), data]));

/** Hash of a node over its two children, 32 bytes. */
export function nodeHash(left: Buffer, right: Buffer): Buffer {
  const data = Buffer.allocUnsafe(65);
  data[0] = nodePrefix;
  data.set(left, 1);
  data.set(right, 33);
  return sha256(data);
}

/**
 * A tree that grows leaf by leaf and keeps only the O(log n) roots of its complete subtrees.
 *
 * Hashes are hex in it, and each tree has a block of its own to hash from: Node.js 24 gives a hash as a Buffer in twice
 * the time, and there are two for every event of the trail.
 */
export class MerkleTree {
  /** Roots of complete subtrees, the largest first; `level` is the logarithm of its leaves. */
  readonly #subtrees: { readonly level: number; readonly root: string }[] = [];
  readonly #leaf = Buffer.alloc(33, leafPrefix);
  readonly #node = Buffer.alloc(65, nodePrefix);

  /** @param data the leaf itself, not its hash */
  add(data: Buffer): void {
    this.#push(leafHash(data).toString('hex'));
  }

  /** A leaf that is itself a hash: 32 bytes in hex. */
  addHash(hex: string): void {
    this.#leaf.write(hex, 1, 'hex');
    this.#push(hash('sha256', this.#leaf));
  }

  #push(leaf: string): void {
    let root = leaf;
    let level = 0;
    for (let left = this.#subtrees.at(-1); left?.level === level; left = this.#subtrees.at(-1)) {
      this.#subtrees.pop();
      root = this.#join(left.root, root);
      level += 1;
    }
    this.#subtrees.push({ level, root });
  }

  /** Root of what was added so far; SHA-256 of nothing for the empty tree. */
  root(): Buffer {
    const last = this.#subtrees.at(-1);
    if (!last) return sha256(Buffer.alloc(0));
    const root = this.#subtrees.slice(0, -1).reduceRight((right, left) => this.#join(left.root, right), last.root);
    return Buffer.from(root, 'hex');
  }

  #join(left: string, right: string): string {
    this.#node.write(left, 1, 'hex');
    this.#node.write(right, 33, 'hex');
    return hash('sha256', this.#node);
  }
}

export function merkleRoot(leaves: Iterable<Buffer>): Buffer {
  const tree = new MerkleTree();
  for (const leaf of leaves) tree.add(leaf);
  return tree.root();
}

/**
 * The audit path of one leaf: what must be hashed with it, from its sibling up, to arrive at the root.
 *
 * @throws RangeError when there is no such leaf
 */
export function inclusionPath(leaves: readonly Buffer[], index: number): Buffer[] {
  if (!Number.isInteger(index) || index < 0 || index >= leaves.length) {
    throw new RangeError(`there is no leaf ${index} among ${leaves.length}`);
  }
  if (leaves.length === 1) return [];
  const split = largestPowerBelow(leaves.length);
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  return index < split
    ? [...inclusionPath(left, index), merkleRoot(right)]
    : [...inclusionPath(right, index - split), merkleRoot(left)];
}

/**
 * The root that a leaf and its audit path lead to.
 *
 * @returns undefined when the path has not the length that a tree of `size` leaves gives this leaf
 */
export function rootOfPath(data: Buffer, index: number, size: number, path: readonly Buffer[]): Buffer | undefined {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) return undefined;
  // https://www.rfc-editor.org/rfc/rfc9162#section-2.1.3.2
  let node = index;
  let last = size - 1;
  let root = leafHash(data);
  for (const sibling of path) {
    if (last === 0) return undefined;
    if (node % 2 === 1 || node === last) {
      root = nodeHash(sibling, root);
      while (node % 2 === 0 && node !== 0) {
        node = Math.floor(node / 2);
        last = Math.floor(last / 2);
      }
    } else root = nodeHash(root, sibling);
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 ? root : undefined;
}

function largestPowerBelow(size: number): number {
  let power = 1;
  while (power * 2 < size) power *= 2;
  return power;
}
