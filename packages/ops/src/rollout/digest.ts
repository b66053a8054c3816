const digest = /^sha256:[0-9a-f]{64}$/;

/** In place of a digest: leave the image of the stage as it is, whatever the sources are. */
export const CURRENT = 'current';

export const isDigest = (text: string): boolean => digest.test(text);

/** The digest of `repository@sha256:...`, or undefined of an image that is not pinned. */
export const digestOfImage = (image: string): string | undefined => {
  const after = image.split('@').at(-1)!;
  return isDigest(after) ? after : undefined;
};

/** As people read it. */
export const short = (value: string | undefined): string =>
  value === undefined ? 'none' : isDigest(value) ? value.slice(0, 19) : value;
