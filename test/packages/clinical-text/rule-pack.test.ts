import { createHash } from 'node:crypto';
import { EmbeddedEngine } from '@healthcare-ai/clinical-text/embedded-engine';
import { KnownWords, unpack } from '@healthcare-ai/clinical-text/phi/known-words';
import { canonicalJson, rulePack, rulePackSha256 } from '@healthcare-ai/clinical-text/rule-pack';
import {
  surrogateFamily,
  surrogateGiven,
  surrogateStreets,
  surrogateTowns,
} from '../../../packages/clinical-text/bench/surrogates.ts';

test('the hash is of the whole pack in canonical form, and every analysis carries it', async () => {
  const engine = new EmbeddedEngine();
  const hash = createHash('sha256').update(canonicalJson(rulePack)).digest('hex');
  expect(rulePackSha256()).toBe(hash);
  expect(await engine.analyze('Cough.')).toMatchObject({
    engine: 'embedded',
    version: rulePack.version,
    rulePackSha256: hash,
  });
});

test('the canonical form does not depend on the order of keys, and changes with any entry', () => {
  expect(canonicalJson({ b: [2, 1], a: { d: 1, c: 2 } })).toBe('{"a":{"c":2,"d":1},"b":[2,1]}');
  const changed = { ...rulePack, lexicon: { ...rulePack.lexicon, symptoms: [...rulePack.lexicon.symptoms, 'x'] } };
  expect(canonicalJson(changed)).not.toBe(canonicalJson(rulePack));
});

test('no name that the quality command plants stands in any lexicon', () => {
  const { englishWords: _, sectionModel, townNames, ...lists } = rulePack.lexicon;
  const words = new Set([
    ...(canonicalJson(lists)
      .toLowerCase()
      .match(/\p{L}+/gu) ?? []),
    ...unpack(townNames),
  ]);
  for (const [feature] of sectionModel.weights.matchAll(/^[^\t]+/gm))
    for (const word of feature.match(/\p{L}+/gu) ?? []) words.add(word);
  const known = new KnownWords();
  const planted = [...surrogateGiven, ...surrogateFamily, ...surrogateTowns, ...surrogateStreets].map((word) =>
    word.toLowerCase(),
  );
  expect(planted.filter((word) => words.has(word) || known.has(word))).toEqual([]);
  expect(planted.length).toBeGreaterThan(150);
});
