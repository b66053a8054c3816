import fc from './properties.ts';

/** Stands in what is sent, and must not stand in what comes back. */
export const marker = 'zQ9marker';

const cursor = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Text of every kind: empty, blank, lone surrogates, NUL, names that mean something to JavaScript, SQL and logs. */
export const hostileText: fc.Arbitrary<string> = fc
  .tuple(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 }).map((units) => String.fromCharCode(...units)),
      fc.constantFrom(
        '__proto__',
        'constructor',
        'toString',
        `\${jndi:ldap://x}`,
        "' OR 1=1; --",
        '%s%n%x',
        '\r\nSet-Cookie: a=b',
        '\u001b[31m',
        '../../etc/passwd',
        '{{7*7}}',
        'NaN',
        'infinity',
        '-infinity',
        'epoch',
        '\\x00',
        'a\u0000b',
        'a\ud800b',
        '0000-01-01T00:00:00Z',
        '9999-12-31T23:59:59-23:00',
        '2026-02-28T00:00:00Z',
        'note.create',
        'success',
        cursor(['0000-01-01T00:00:00Z', '0192f0c1-2345-7abc-8def-0123456789ab', '1']),
        cursor(['2026-02-28T00:00:00Z', '0192f0c1-2345-7abc-8def-0123456789ab']),
        cursor({ length: 2 }),
      ),
      fc.integer({ min: 1, max: 4 }).map((power) => '🩺'.repeat(10 ** power)),
    ),
    fc.boolean(),
  )
  .map(([text, marked]) => (marked ? `${marker}${text}` : text));

const names = [
  'patient_id',
  'note_text',
  'limit',
  'cursor',
  'from',
  'to',
  'principal',
  'action',
  'outcome',
  '__proto__',
  'constructor',
  'toJSON',
  'length',
];

/** A number as JSON writes it, of any size and length. */
const numberText = fc.oneof(
  fc.double().map((n) => (Number.isFinite(n) ? JSON.stringify(n) : '1e999')),
  fc.constantFrom('-0', '1e400', '-1e400', '1e-400', '0.1e+0000000001', '9007199254740993', '18446744073709551616'),
  fc.integer({ min: 1, max: 4_000 }).map((digits) => '9'.repeat(digits)),
);

/** A value as JSON text, so that it can have what no JavaScript value has: members twice, numbers beyond a double. */
export const jsonText: fc.Arbitrary<string> = fc.letrec<{ value: string; object: string; leaf: string }>((tie) => ({
  leaf: fc.oneof(
    hostileText.map((text) => JSON.stringify(text)),
    numberText,
    fc.constantFrom('null', 'true', 'false', '""', '[]', '{}'),
    fc.date({ noInvalidDate: false }).map((date) => JSON.stringify(date)),
    fc.integer({ min: 1, max: 30_000 }).map((depth) => `${'['.repeat(depth)}${']'.repeat(depth)}`),
    fc.integer({ min: 1, max: 8_000 }).map((depth) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`),
  ),
  object: fc
    .array(fc.tuple(fc.oneof(fc.constantFrom(...names), hostileText), tie('value')), { maxLength: 8 })
    .map((members) => `{${members.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(',')}}`),
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('leaf'),
    tie('object'),
    fc.array(tie('value'), { maxLength: 4 }).map((values) => `[${values.join(',')}]`),
  ),
})).object;

/** Bytes with a preference for those that mean something to a parser of HTTP. */
export const wireBytes: fc.Arbitrary<Buffer> = fc
  .array(
    fc.oneof(
      fc.uint8Array({ maxLength: 30 }).map((bytes) => Buffer.from(bytes)),
      fc
        .constantFrom(
          '\r\n',
          '\n',
          '\r\n\r\n',
          ': ',
          ' ',
          '\t',
          '\0',
          ',',
          ';',
          '%',
          '/',
          '?',
          '#',
          '..',
          marker,
          'HTTP/1.1',
          'chunked',
        )
        .map((text) => Buffer.from(text)),
      fc
        .constantFrom(
          'Content-Length: 5',
          'Transfer-Encoding: chunked',
          'Host: a',
          'Connection: upgrade',
          'Expect: x',
          'Upgrade: h2c',
        )
        .map((line) => Buffer.from(`\r\n${line}`)),
    ),
    { maxLength: 12 },
  )
  .map((parts) => Buffer.concat(parts));
