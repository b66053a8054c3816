import type { PhiCategory } from '../src/engine.ts';
import { carriers } from './carriers.ts';
import { IdentityMaker, type PlantedText, plant } from './planter.ts';
import { generator } from './statistics.ts';

/** Tags of De-ID, in place of what stood in the reports. */
const tag =
  /\*\*\*?(NAME|DATE|AGE|INSTITUTION|ID-NUM|ROOM|PLACE|PATH-NUMBER|INITIALS|PHONE|ADDRESS|ZIP-CODE|EMAIL|WEB-LOC|STREET-ADDRESS)(?:\[[^\]]*\])?/g;
const tagCategory: Record<string, PhiCategory | undefined> = {
  NAME: 'NAME',
  INITIALS: 'NAME',
  DATE: 'DATE',
  INSTITUTION: 'INSTITUTION',
  PLACE: 'LOCATION',
  ADDRESS: 'LOCATION',
  'STREET-ADDRESS': 'LOCATION',
  'ZIP-CODE': 'LOCATION',
  PHONE: 'PHONE',
  EMAIL: 'EMAIL',
  'WEB-LOC': 'URL',
  'ID-NUM': 'MRN',
  'PATH-NUMBER': 'OTHER_ID',
  ROOM: 'OTHER_ID',
};

export const hasTags = (text: string): boolean => text.search(tag) >= 0;

const tagName = (mark: string): string => /\*\*\*?([A-Z-]+)/.exec(mark)![1]!;

/** The tag's own form is kept: its letters say how many names stood there and in which order, its date how it was written. */
const refill = (mark: string, maker: IdentityMaker): string => {
  const inner = /\[([^\]]*)\]/.exec(mark)?.[1] ?? '';
  switch (tagName(mark)) {
    case 'NAME': {
      const reversed = inner.includes(',');
      const parts = inner.match(/[A-Z]+/g) ?? ['AAA'];
      let long = 0;
      const names = parts.map((part) =>
        part.length === 1
          ? part
          : long++ === (reversed ? 0 : parts.filter((other) => other.length > 1).length - 1)
            ? maker.family()
            : maker.given(),
      );
      return reversed ? `${names[0]}, ${names.slice(1).join(' ')}` : names.join(' ');
    }
    case 'INITIALS':
      return 'QZ';
    case 'AGE':
      return inner.startsWith('90')
        ? '93'
        : /(\d)0s/.test(inner)
          ? String(Number(/(\d)0s/.exec(inner)![1]) * 10 + 4)
          : '54';
    case 'DATE':
      return /^[A-Z][a-z]{2}\s+\d{1,2}\s+\d{2,4}$/.test(inner) && maker.chance(0.5)
        ? inner.replace(/\s+/g, ' ')
        : maker.date();
    case 'ROOM':
      return `Room ${maker.of('ACCOUNT').slice(0, 3)}`;
    case 'PLACE':
      return maker.town();
    default:
      return maker.of(tagCategory[tagName(mark)] ?? 'OTHER_ID');
  }
};

/** What De-ID wrote above a report: no part of it. */
const toolHeader = /S_O_H[\s\S]{0,200}?E_O_H\s*\[Report de-identified[^\]]{0,80}\]/g;

/** Real reports whose identifiers De-ID had tagged: the tags refilled. Ages up to 89 are no identifiers. */
export const refillTags = (texts: readonly string[]): PlantedText[] => {
  const maker = new IdentityMaker(generator(41));
  return [...new Set(texts.map((text) => text.replace(toolHeader, '')).filter(hasTags))].map((text) =>
    plant(
      text,
      (mark) => refill(mark, maker),
      (mark) =>
        tagName(mark) === 'AGE' ? (/\[90/.test(mark) ? 'AGE_OVER_89' : undefined) : tagCategory[tagName(mark)],
      tag,
    ),
  );
};

const carrierMark = /\{([A-Z_0-9]+)\}/g;
/** Sentences of a text between which a carrier is set. */
const EVERY = 4;

/** Carriers between clinical sentences that hold no identifiers; one in five in capitals. */
export const plantBetween = (texts: readonly string[]): PlantedText[] => {
  const maker = new IdentityMaker(generator(43));
  const documents: PlantedText[] = [];
  for (let at = 0; at + EVERY <= texts.length; at += EVERY) {
    const lines = texts.slice(at, at + EVERY);
    const carrier = carriers[documents.length % carriers.length]!;
    const second = carriers[(documents.length * 7 + 3) % carriers.length]!;
    const template = [lines[0], carrier, ...lines.slice(1, 3), second, lines[3]].join('\n');
    const capitals = maker.chance(0.2);
    const document = plant(
      template.replace(/\{(?![A-Z_0-9]+\})/g, '('),
      (mark) => {
        const name = mark.slice(1, -1);
        return name === 'GIVEN'
          ? maker.given()
          : name === 'FAMILY'
            ? maker.family()
            : name === 'TOWN'
              ? maker.town()
              : maker.of(name as PhiCategory);
      },
      (mark) =>
        mark === '{GIVEN}' || mark === '{FAMILY}'
          ? 'NAME'
          : mark === '{TOWN}'
            ? 'LOCATION'
            : (mark.slice(1, -1) as PhiCategory),
      carrierMark,
    );
    documents.push(capitals ? { ...document, text: document.text.toUpperCase() } : document);
  }
  return documents;
};

/** Words of real sentences for which an identifier can stand; the sentence around it was written by nobody here. */
const stands: readonly (readonly [pattern: RegExp, category: PhiCategory, make: (maker: IdentityMaker) => string])[] = [
  [
    /^(?:The|This) patient\b|^(?:He|She)\b/,
    'NAME',
    (maker) => maker.pick([`${maker.given()} ${maker.family()}`, maker.family(), maker.given()]),
  ],
  [/\bthe patient\b/, 'NAME', (maker) => maker.pick([`${maker.given()} ${maker.family()}`, maker.family()])],
  [
    /\b(?:the )?(?:Emergency Department|emergency department|emergency room|hospital|clinic)\b/,
    'INSTITUTION',
    (maker) => maker.institution(),
  ],
  [/\b(?:yesterday|today|last week|last month|last year|tomorrow)\b/, 'DATE', (maker) => maker.date()],
];

/** Identifiers for words of real sentences: the context in which names stand without title or label. */
export const plantForWords = (texts: readonly string[]): PlantedText[] => {
  const maker = new IdentityMaker(generator(47));
  return texts.flatMap((text) => {
    const hits = stands.flatMap(([pattern, category, make]) => {
      const match = pattern.exec(text);
      return match === null ? [] : [{ start: match.index, end: match.index + match[0].length, category, make }];
    });
    hits.sort((a, b) => a.start - b.start);
    const apart = hits.filter((hit, at) => at === 0 || hit.start >= hits[at - 1]!.end);
    if (apart.length === 0) return [];
    const planted: { category: PhiCategory; start: number; end: number }[] = [];
    let filled = '';
    let at = 0;
    for (const { start, end, category, make } of apart) {
      filled += text.slice(at, start);
      const value = make(maker);
      planted.push({ category, start: filled.length, end: filled.length + value.length });
      filled += value;
      at = end;
    }
    return [{ text: filled + text.slice(at), planted }];
  });
};
