import type { Random } from '../support/random.ts';
import { inserted, type Line, type Mutation, placeOf, replaced, textsOf } from './mutation.ts';

const rewrite =
  (edit: (text: string, random: Random) => string | Buffer): Mutation =>
  (target, random) => {
    const line = random.pick(target.lines);
    return replaced(target, line, edit(line.text, random));
  };

const ofEvent =
  (edit: (line: Line, random: Random) => string): Mutation =>
  (target, random) => {
    const line = random.pick(target.events);
    return replaced(target, line, edit(line, random));
  };

const flipBit = rewrite((text, random) => {
  const bytes = Buffer.from(text);
  bytes[random.below(bytes.length)]! ^= 1 << random.below(8);
  return bytes;
});

const dropByte = rewrite((text, random) => {
  const bytes = Buffer.from(text);
  const at = random.below(bytes.length);
  return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]);
});

const addByte = rewrite((text, random) => {
  const bytes = Buffer.from(text);
  const at = random.below(bytes.length + 1);
  return Buffer.concat([bytes.subarray(0, at), random.bytes(1), bytes.subarray(at)]);
});

const cutLine = rewrite((text, random) => text.slice(0, random.below(text.length)));

const insertNonsense: Mutation = (target, random) =>
  inserted(
    target,
    random.below(target.lines.length),
    random.pick(['', ' ', '{}', '[]', 'null', '0', '"', '{"heads":[]}', '\ufeff', '{"v":1}', '#', '\0', '{"heads":']),
  );

const joinLines: Mutation = (target, random) => {
  const line = random.pick(target.lines.slice(0, -1));
  const lines = textsOf(target);
  lines.splice(line.index, 2, lines[line.index]! + random.pick(['', ' ', ',', '\r']) + lines[line.index + 1]!);
  return { lines, bad: [placeOf(line), placeOf(target.lines[line.index + 1]!), { at: line.index }] };
};

const splitLine: Mutation = (target, random) => {
  const line = random.pick(target.lines);
  const at = random.between(1, line.text.length - 1);
  const lines = textsOf(target);
  lines.splice(line.index, 1, line.text.slice(0, at), line.text.slice(at));
  return { lines, bad: [placeOf(line), { at: line.index }] };
};

export const byteMutations: Readonly<Record<string, Mutation>> = {
  'a bit flipped': flipBit,
  'a byte dropped': dropByte,
  'a byte added': addByte,
  'a line cut': cutLine,
  'a line that is no record': insertNonsense,
  'two lines joined': joinLines,
  'a line split': splitLine,
  CRLF: rewrite((text) => `${text}\r`),
  'a byte order mark': rewrite((text) => `\ufeff${text}`),
  'white space around a line': rewrite((text, random) =>
    random.pick([` ${text}`, `${text} `, `\t${text}`, `${text}\0`]),
  ),
  'white space in a line': rewrite((text) => text.replace(':', ': ')),
  'a member twice, the first forged': ofEvent(({ text }) => text.replace('{', '{"action":"note.create",')),
  'a member twice, the last forged': ofEvent(({ text }) => text.replace(/}$/, ',"v":1}')),
  __proto__: ofEvent(({ text }) => text.replace('{', '{"__proto__":{"v":1},')),
  'a constructor': ofEvent(({ text }) => text.replace(',"outcome"', ',"constructor":{},"outcome"')),
  'a number in another form': ofEvent(({ text, seq }, random) =>
    text.replace(`"seq":${seq}`, `"seq":${random.pick([`${seq}.0`, `${seq}e0`, `0${seq}`, `${seq}E+0`, `"${seq}"`])}`),
  ),
  'an escape for a character': ofEvent(({ text }) =>
    text.replace('"action":"', '"action":"\\u006eote').replace('notenote', 'note'),
  ),
  'an escaped solidus': ofEvent(({ text }) => (text.includes('/') ? text.replace('/', '\\/') : `${text} `)),
  'hex in upper case': ofEvent(({ text }) =>
    text.replace(/"prev_hash":"([0-9a-f]+)"/, (_, hex) => `"prev_hash":"${hex.toUpperCase()}"`),
  ),
  'a chain in upper case': ofEvent(({ text, chain }) =>
    /[a-f]/.test(chain) ? text.replace(chain, chain.toUpperCase()) : `${text} `,
  ),
  'a lone surrogate': ofEvent(({ text }) => text.replace('"outcome":"', '"outcome":"\\ud800')),
  'bytes that are no UTF-8': (target, random) => {
    const line = random.pick(target.events);
    const bytes = Buffer.from(line.text);
    const at = bytes.indexOf('"outcome":"') + 11;
    const bad = random.pick([[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80]]);
    return replaced(target, line, Buffer.concat([bytes.subarray(0, at), Buffer.from(bad), bytes.subarray(at)]));
  },
};
