import { words } from './words.ts';

/** Before a verb of exclusion they leave the matter open. */
export const affirmedNegators: ReadonlySet<string> = new Set(
  words(`
    not cannot cant couldnt never no nor unable impossible difficult insufficient hard fails failed fail without nothing t inadequate
    incompletely neither challenging
  `),
);

/** Close before a verb of exclusion: still to be done. */
export const pendingWords: ReadonlySet<string> = new Set(
  words(
    'needs need needed must should yet remains remain pending try trying please would will may might cant wants help pls awaiting',
  ),
);

export const beForms: ReadonlySet<string> = new Set(
  words('is are was were be been being isn wasn aren weren hasn haven now effectively definitively'),
);

/** After a participle of exclusion: the term stood before it. */
export const passiveFollowers: ReadonlySet<string> = new Set(
  words(
    'by with on after from at clinically radiologically in as via and but so then today yesterday previously during following',
  ),
);

/** After a semicolon they take up what stood before it: "queried; this was ruled out". */
export const anaphors: ReadonlySet<string> = new Set(
  words(
    'this which it that these those both all later subsequently since now then but and has have had initially however eventually finally since',
  ),
);

/** Words that make a statement of what stands before them. */
export const predicates: ReadonlySet<string> = new Set(
  words(`
    heard noted seen present found palpable visible persists persist continues continue remains identified demonstrated evident felt
    audible appreciated reported observed worsening improving developed appeared started detected elicited
  `),
);

/** After "in the past" they form a span that includes the present. */
export const recentSpans: ReadonlySet<string> = new Set(
  words(
    'few couple several week weeks fortnight month months day days hour hours year years two three four five six seven eight nine ten twelve half',
  ),
);

/** After a comma they begin a finding that is present. */
export const gradings: ReadonlySet<string> = new Set(
  words(
    'incidental incidentally mild moderate minor minimal small tiny trace large old stable unchanged persistent marked extensive known chronic there some occasional intermittent ongoing residual worsening severe slight faint subtle scattered patchy',
  ),
);

/** Words that stand apart: "rule pneumonia out", "cross it off the list". */
export const splitTriggers: readonly { readonly first: readonly string[]; readonly last: readonly string[] }[] = [
  { first: words('rule rules ruled ruling'), last: ['out'] },
  {
    first: words('cross crossed crossing strike struck take took taken remove removed'),
    last: [
      'off the list',
      'off our list',
      'off the differential',
      'off my list',
      'from the differential',
      'off the table',
      'from the list',
    ],
  },
];
