import { join } from 'node:path';
import { baseImages } from './base-images.ts';
import type { Engine } from './engine.ts';

/** The bundle of this run: a copy, because others may build theirs into service/dist meanwhile. */
export const bundleIn = (folder: string): string => join(folder, 'bundle');

export const image = (version: string): string => `localhost/rehearsal/healthcare-ai:${version}`;

export interface BuildOptions {
  readonly version: string;
  /** Folder of a bundle that was built before; undefined lets the Dockerfile build it. */
  readonly bundle?: string;
  /** Other arguments of `buildah bud`, before the context. */
  readonly args?: readonly string[];
}

/** Builds the image as a pipeline does; the bases alone are made here. */
export async function buildImage(engine: Engine, { version, bundle, args = [] }: BuildOptions): Promise<string> {
  await engine.buildah(
    [
      'bud',
      '--timestamp=0',
      `--build-arg=BUILD_IMAGE=${baseImages.build}`,
      `--build-arg=RUNTIME_IMAGE=${baseImages.runtime}`,
      `--build-arg=VERSION=${version}`,
      ...(bundle ? [`--build-context=bundle=${bundle}`] : []),
      ...args,
      '--file=service/Dockerfile',
      `--tag=${image(version)}`,
      '.',
    ],
    { timeout: 300 },
  );
  return image(version);
}
