/** Shown after a moment: what comes at once needs no sign. */
export function Loading({ what }: { readonly what: string }) {
  return (
    <p className="loading" role="status">
      Loading {what.toLowerCase()}…
    </p>
  );
}
