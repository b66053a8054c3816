import { graphemeWidener } from '../text/graphemes.ts';
import { type Fragment, type Place, splitAtItems } from '../text/split.ts';
import type { Item } from './items.ts';

/** A heading of the note: shown bold, and not clickable. */
export interface Heading extends Place {
  readonly heading: true;
  /** True where it stands alone on its line. */
  readonly alone: boolean;
}

export type Marked = Item | Heading;

export const isItem = (one: Marked): one is Item => 'group' in one;

/** Cuts the note into what is drawn alike. The drawn places are whole characters; those of the items stay as they are. */
export function fragmentsOf(
  text: string,
  items: readonly Item[],
  headings: readonly Place[],
): readonly Fragment<Marked>[] {
  const widen = graphemeWidener(text);
  const drawn: Marked[] = [
    ...items.map((item) => ({ ...item, ...widen(item) })),
    ...headings.map((place) => ({ ...widen(place), heading: true as const, alone: standsAlone(text, place) })),
  ];
  return splitAtItems(text.length, drawn);
}

function standsAlone(text: string, { start, end }: Place): boolean {
  const before = text.lastIndexOf('\n', start - 1) + 1;
  const after = text.indexOf('\n', end);
  return (
    `${text.slice(before, start)}${text.slice(end, after < 0 ? text.length : after)}`.replace(':', '').trim() === ''
  );
}

/** How a fragment is drawn. Each meaning has a channel of its own, so that none hides another. */
export interface Look {
  readonly layers: string;
  /** Layers whose frame goes through this fragment, and whether it opens or closes here. */
  readonly framed: string | undefined;
  readonly opens: boolean;
  readonly closes: boolean;
  readonly doubtful: boolean;
  readonly past: boolean;
  readonly abnormal: boolean;
  /** Text behind the words, and its layer. */
  readonly tag: string | undefined;
  readonly tagOf: string | undefined;
}

export function lookOf({ start, end, items }: Fragment<Marked>): Look {
  const own = items.filter(isItem);
  const framed = own.filter((item) => item.framed);
  const tagged = own.filter((item) => item.tag !== undefined && item.end === end);
  return {
    layers: [...new Set(own.map(({ group }) => group))].join(' '),
    framed: framed.at(-1)?.group,
    opens: framed.some((item) => item.start === start),
    closes: framed.some((item) => item.end === end),
    doubtful: own.some((item) => item.doubtful),
    past: own.some((item) => item.past),
    abnormal: own.some((item) => item.abnormal !== undefined),
    tag: tagged.length > 0 ? [...new Set(tagged.map(({ tag }) => tag))].join(' · ') : undefined,
    tagOf: tagged.at(-1)?.group,
  };
}
