import { ConfigurationError } from '../../../service/src/config/error.ts';
import { readConfig } from '../../../service/src/config/read.ts';
import { readVocabularies } from '../../../service/src/config/settings/vocabularies.ts';

const configOf = (text: string) => readConfig({ VOCABULARIES: text }, () => '', []).VOCABULARIES;

test('mounted lists are named by system and path', () => {
  expect(configOf('rxnorm=/lists/rxnorm.tsv, local-problems=/lists/ward.tsv')).toEqual([
    { system: 'rxnorm', path: '/lists/rxnorm.tsv' },
    { system: 'local-problems', path: '/lists/ward.tsv' },
  ]);
});

test.each(['loinc=/lists/a.tsv', 'rxnorm=lists/a.tsv', '/lists/a.tsv'])('%s is refused', (text) => {
  expect(() => configOf(text)).toThrow(ConfigurationError);
});

const file = { system: 'rxnorm', path: '/lists/rxnorm.tsv' } as const;

test('a faulty list stops the start and is named by system and line', () => {
  expect(() => readVocabularies([file], () => '1\tok\nsecret')).toThrow(/VOCABULARIES rxnorm: line 2 has no tab/);
  expect(() => readVocabularies([file], () => '1\tok\nsecret')).not.toThrow(/secret/);
});

test('a file that cannot be read stops the start', () => {
  expect(() => readVocabularies([{ ...file, path: '/does/not/exist' }])).toThrow(
    /rxnorm: the file cannot be read \(ENOENT\)/,
  );
});
