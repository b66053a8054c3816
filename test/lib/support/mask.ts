/** A template without what changes although nothing does: hashes of 64 hex digits, as in image digests and asset keys. */
export function mask<Value>(template: Value): Value {
  return JSON.parse(JSON.stringify(template).replace(/\b[0-9a-f]{64}\b/g, '<sha256>')) as Value;
}
