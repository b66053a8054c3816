import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const text = readFileSync('docs/architecture.md', 'utf8');

describe('docs/architecture.md', () => {
  it('names files that exist: a path from the root, or beside the one that the same line named before', () => {
    const missing = text.split('\n').flatMap((line) => {
      let folder = '';
      return [...line.matchAll(/`([\w./-]+\.ts)`/g)]
        .map(([, path]) => path!)
        .filter((path) => {
          const places = [path, join(folder, path), join(folder, '..', path), join('service/src', path)];
          const found = places.find((place) => existsSync(place));
          if (found !== undefined) folder = join(found, '..');
          return found === undefined;
        });
    });
    expect(missing).toEqual([]);
  });

  it('draws every package', () => {
    const packages = readdirSync('packages');
    expect(packages.length).toBeGreaterThan(6);
    expect(packages.filter((name) => !text.includes(`packages/${name}<br/>`))).toEqual([]);
  });

  it('stays short enough to be read', () => {
    expect(text.split('\n').length).toBeLessThanOrEqual(250);
  });
});
