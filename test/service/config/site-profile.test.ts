import { ConfigurationError } from '../../../service/src/config/error.ts';
import { readConfig } from '../../../service/src/config/read.ts';

const read = (profile: unknown) =>
  readConfig(
    { SITE_PROFILE_FILE: '/profile.json' },
    () => (typeof profile === 'string' ? profile : JSON.stringify(profile)),
    [],
  ).SITE_PROFILE;

test('a site profile is read from its file', () => {
  const profile = {
    locale: 'en-GB',
    staff: [{ given: ['Anand'], family: 'Fields' }],
    numbers: [{ category: 'MRN', form: 'AA/9999-9' }],
    keep: ['Trundle'],
  };
  expect(read(profile)).toEqual(profile);
});

test.each([
  ['no JSON', '{"staff": [SecretName', 'must be JSON'],
  ['a member that is not known', { SecretName: [] }, 'has a member that is not known at /'],
  ['a blank name', { staff: [{ family: ' ' }] }, 'is not valid at /staff/0/family'],
  [
    'a form that would replace every figure',
    { numbers: [{ category: 'MRN', form: '9' }] },
    'is not valid at /numbers/0/form',
  ],
  ['a locale that is not known', { locale: 'SecretName' }, 'is not valid at /locale'],
])('%s is refused by its place, without its words', (_, profile, fault) => {
  const failure = (() => {
    try {
      read(profile);
      return undefined;
    } catch (error) {
      return error;
    }
  })();
  expect(failure).toBeInstanceOf(ConfigurationError);
  expect((failure as Error).message).toContain(fault);
  expect((failure as Error).message).not.toContain('SecretName');
});
