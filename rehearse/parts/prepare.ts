import { cpSync } from 'node:fs';
import { makeRuntimeBase } from '../support/base-images.ts';
import { buildImage, bundleIn } from '../support/images.ts';
import type { Part } from '../support/rehearsal.ts';
import { run } from '../support/run.ts';

/** The bundle, the local base and the first image: every other part needs them. */
export const prepare: Part = {
  name: 'Preparation',
  needs: ['buildah', 'podman', 'runc'],
  async run({ engine, folder, check }) {
    await check('the bundle is built, with the authorities of RDS', async () => {
      await run(process.execPath, ['scripts/build.ts']);
      const { stdout } = await run(process.execPath, ['scripts/rds-ca.ts']);
      cpSync('service/dist', bundleIn(folder), { recursive: true });
      return stdout.trim();
    });
    await check('a base is made from this Node.js and the libraries it loads', async () => {
      await makeRuntimeBase(engine, folder);
      await buildImage(engine, { version: 'v1', bundle: bundleIn(folder) });
    });
  },
};
