import { operatorName } from '@healthcare-ai/ops/audit/operator-name';

describe('the name of an operator', () => {
  test('is that of the user', () => {
    expect(operatorName(() => ({ username: 'lee' }))).toBe('lee');
    expect(operatorName()).toMatch(/./);
  });

  test('is a number where the system knows no name, as in a container', () => {
    const read = () => {
      throw new Error('uv_os_get_passwd returned ENOENT');
    };
    expect(operatorName(read)).toMatch(/^uid \d+$/);
  });
});
