import { PhraseTrie } from '@healthcare-ai/clinical-text/text/phrase-trie';
import { tokenize } from '@healthcare-ai/clinical-text/text/tokens';

/** Made-up words of seven letters, which no list holds and which are no plurals. */
const word = (number: number): string => {
  const syllables = ['bak', 'dof', 'gim', 'jup', 'kez', 'lor', 'nub', 'pov', 'rit', 'zam'];
  return `${syllables[Math.floor(number / 10) % 10]}${syllables[number % 10]}x`;
};

const found = <T>(trie: PhraseTrie<T>, text: string) => {
  const tokens = tokenize(text);
  return trie.longest(tokens, 0, tokens.count);
};

test('each of thousands of phrases is found with its own value', () => {
  const trie = new PhraseTrie<number>();
  const phrases = Array.from({ length: 10_000 }, (_, at) => `${word(Math.floor(at / 100))} ${word(at % 100)}`);
  phrases.forEach((phrase, at) => {
    trie.add(phrase, at);
  });
  expect(phrases.map((phrase) => found(trie, phrase))).toEqual(phrases.map((_, value) => ({ value, end: 2 })));
});

test('among thousands of phrases, no pair of their words is found unless it was added', () => {
  const trie = new PhraseTrie<number>();
  const isAdded = (first: number, second: number): boolean => (first * second) % 3 === 0;
  const pairs = Array.from({ length: 10_000 }, (_, at) => [Math.floor(at / 100), at % 100] as const);
  for (const [first, second] of pairs)
    if (isAdded(first, second)) trie.add(`${word(first)} ${word(second)}`, 100 * first + second);
  expect(pairs.map(([first, second]) => found(trie, `${word(first)} ${word(second)}`)?.value)).toEqual(
    pairs.map(([first, second]) => (isAdded(first, second) ? 100 * first + second : undefined)),
  );
});

test('no phrase is lost while the trie grows, and none is found before it is added', () => {
  const trie = new PhraseTrie<number>();
  const phrases = Array.from({ length: 300 }, (_, at) => `${word(at % 7)} ${word(at % 11)} ${word(at % 13)}`);
  phrases.forEach((phrase, at) => {
    expect(found(trie, phrase)).toBeUndefined();
    trie.add(phrase, at);
    expect(phrases.slice(0, at + 1).map((added) => found(trie, added)?.value)).toEqual([...Array(at + 1).keys()]);
  });
});

test('a phrase within a longer one is found where the text does not continue like the longer one', () => {
  const trie = new PhraseTrie<string>().add('bakdofx', 'short').add('bakdofx gimjupx kezlorx', 'long');
  expect(found(trie, 'bakdofx gimjupx kezlorx')).toEqual({ value: 'long', end: 3 });
  expect(found(trie, 'bakdofx gimjupx nubpovx')).toEqual({ value: 'short', end: 1 });
  expect(found(trie, 'gimjupx kezlorx')).toBeUndefined();
});
