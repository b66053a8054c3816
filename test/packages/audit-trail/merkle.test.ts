import { hash } from 'node:crypto';
import { inclusionPath, MerkleTree, merkleRoot, rootOfPath } from '@healthcare-ai/audit-trail/format/merkle';
import fc from '../../service/support/properties.ts';

const hex = (text: string) => Buffer.from(text, 'hex');

/** Leaves and roots of the reference implementation: google/certificate-transparency, merkletree tests. */
const leaves = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map(
  hex,
);
const roots = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

describe('a Merkle tree of RFC 6962', () => {
  test('has the root of the empty tree that the RFC gives', () => {
    expect(merkleRoot([]).toString('hex')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });

  test.each(roots.map((root, index) => [index + 1, root] as const))(
    'has the root of the reference implementation with %d leaves',
    (size, root) => {
      expect(merkleRoot(leaves.slice(0, size)).toString('hex')).toBe(root);
    },
  );

  test('takes a leaf that is a hash as its 32 bytes', () => {
    const [a, b] = [new MerkleTree(), new MerkleTree()];
    a.addHash(roots[0]!);
    b.add(hex(roots[0]!));
    expect(a.root()).toEqual(b.root());
  });

  test('has the audit paths of the reference implementation', () => {
    // https://github.com/google/certificate-transparency/blob/master/cpp/merkletree/merkle_tree_test.cc
    expect(inclusionPath(leaves, 0).map((node) => node.toString('hex'))).toEqual([
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ]);
    expect(inclusionPath(leaves.slice(0, 3), 2).map((node) => node.toString('hex'))).toEqual([roots[1]]);
    expect(inclusionPath([hex('00')], 0)).toEqual([]);
  });

  test('proves every leaf of every tree of up to 65 leaves, at its own place alone', () => {
    const many = Array.from({ length: 65 }, (_, index) => Buffer.from([index]));
    for (let size = 1; size <= many.length; size++) {
      const some = many.slice(0, size);
      const root = merkleRoot(some);
      for (let index = 0; index < size; index++) {
        const path = inclusionPath(some, index);
        expect(rootOfPath(some[index]!, index, size, path)).toEqual(root);
        expect(rootOfPath(some[index]!, (index + 1) % size, size, path)?.equals(root) ?? false).toBe(size === 1);
        if (path.length > 0) expect(rootOfPath(some[index]!, index, size, path.slice(1))).toBeUndefined();
        expect(rootOfPath(some[index]!, index, size, [...path, root])).toBeUndefined();
      }
    }
  });

  test('is the tree that the recursive definition gives', () => {
    const definition = (some: readonly Buffer[]): Buffer => {
      if (some.length <= 1) return merkleRoot(some);
      let split = 1;
      while (split * 2 < some.length) split *= 2;
      const node = [Buffer.of(1), definition(some.slice(0, split)), definition(some.slice(split))];
      return hash('sha256', Buffer.concat(node), 'buffer');
    };
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 70 }), (some) => {
        const buffers = some.map((leaf) => Buffer.from(leaf));
        expect(merkleRoot(buffers)).toEqual(definition(buffers));
      }),
      { numRuns: 50 },
    );
  });

  test.each([
    [-1, 3],
    [3, 3],
    [0.5, 3],
    [0, 0],
  ])('knows no leaf %d among %d', (index, size) => {
    expect(() => inclusionPath(leaves.slice(0, size), index)).toThrow(RangeError);
    expect(rootOfPath(leaves[0]!, index, size, [])).toBeUndefined();
  });
});
