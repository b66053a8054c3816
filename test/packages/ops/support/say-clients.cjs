// Required before a program: says at its end which clients of AWS it has loaded.
process.on('exit', () => {
  const found = Object.keys(require.cache).flatMap((path) => /@aws-sdk\/(client-[\w-]+)/.exec(path)?.[1] ?? []);
  process.stderr.write(`clients: ${JSON.stringify([...new Set(found)].sort())}\n`);
});
