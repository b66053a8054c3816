import type { Age, DeidentificationMode, Deidentified, KnownPeople, Locale, PhiSpan } from '../engine.ts';
import type { Openings } from '../text/openings.ts';
import type { Sentence } from '../text/sentences.ts';
import { tokenSpan } from '../text/spans.ts';
import { PUNCTUATION, type Tokens } from '../text/tokens.ts';
import { AgeRules } from './age-rules.ts';
import { type Candidate, RANK } from './candidate.ts';
import { ColumnRules } from './column-rules.ts';
import { DateRules, type MovedDate } from './date-rules.ts';
import { IdentifierRules } from './identifier-rules.ts';
import { KnownIdentifiers } from './known-identifiers.ts';
import type { KnownWords } from './known-words.ts';
import { NameCues } from './name-cues.ts';
import { NameLexicon } from './name-lexicon.ts';
import { NameRules } from './name-rules.ts';
import { PlaceRules } from './place-rules.ts';
import { RepeatedNames } from './repeated-names.ts';
import { CompiledProfile, type SiteProfile } from './site-profile.ts';

export interface PhiOptions {
  readonly mode: DeidentificationMode;
  readonly locale?: Locale;
  readonly referenceDate?: string;
  readonly dateShiftDays?: number;
  readonly known?: KnownPeople;
  /** Words that no rule may take for an identifier. */
  readonly keep?: readonly string[];
  /** Words that are always replaced. */
  readonly remove?: readonly string[];
}

export interface FoundPhi {
  readonly spans: readonly PhiSpan[];
  /** Each moved date, by the offset at which it begins. */
  readonly movedDates: ReadonlyMap<number, MovedDate>;
  readonly dates?: Deidentified['dates'];
  readonly known?: Deidentified['known'];
}

/** The identifiers of Safe Harbor in a text. Assistance: what it finds must be reviewed, what it misses is not shown. */
export class PhiRules {
  private readonly ages = new AgeRules();
  private readonly columns: ColumnRules;
  private readonly dates: DateRules;
  private readonly identifiers: IdentifierRules;
  private readonly lexicon: NameLexicon;
  private readonly names: NameRules;
  private readonly repeatedNames: RepeatedNames;
  private readonly places: PlaceRules;
  private readonly profile: CompiledProfile;

  constructor(known: KnownWords, openings: Openings, profile: SiteProfile = {}) {
    this.dates = new DateRules(openings);
    this.identifiers = new IdentifierRules(openings, known);
    this.lexicon = new NameLexicon(known);
    this.columns = new ColumnRules(this.lexicon);
    const cues = new NameCues();
    this.names = new NameRules(this.lexicon, cues, openings);
    this.repeatedNames = new RepeatedNames(this.lexicon, cues);
    this.places = new PlaceRules(this.lexicon, openings);
    this.profile = new CompiledProfile(profile, this.lexicon);
  }

  find(tokens: Tokens, sentences: readonly Sentence[], ages: readonly Age[], options: PhiOptions): FoundPhi {
    const { mode, dateShiftDays, known: people, keep = [], remove = [] } = options;
    if (dateShiftDays !== undefined && dateShiftDays % 7 !== 0)
      throw new RangeError('dateShiftDays must be a multiple of 7: written weekdays would give another shift away');
    const known = people === undefined ? undefined : new KnownIdentifiers(people, this.lexicon);
    const matched = known?.find(tokens, sentences);
    const locale = options.locale ?? this.profile.locale;
    const dates = this.dates.find(tokens, {
      locale,
      referenceDate: options.referenceDate,
      shiftDays: dateShiftDays,
      births: known?.births ?? new Set(),
    });
    const sure = [...(matched?.candidates ?? []), ...this.profile.find(tokens, sentences, remove)];
    const guessed = [
      ...this.identifiers.find(tokens),
      ...this.places.find(tokens),
      ...this.names.find(tokens, sentences),
      ...this.columns.find(tokens),
      ...this.ages.find(tokens, ages),
    ];
    const kept = this.profile.keepFilter(tokens, keep);
    const candidates = [...sure, ...guessed.filter(kept)];
    candidates.push(...this.places.besides(tokens, candidates).filter(kept));
    candidates.push(...this.repeatedNames.besides(tokens, candidates).filter(kept));
    candidates.push(...this.repeatedNames.repeated(tokens, sentences, candidates).filter(kept), ...dates.candidates);
    const counted = candidates.filter(({ recallOnly }) => mode === 'recall-first' || recallOnly !== true);
    return {
      spans: resolve(tokens, counted),
      movedDates: dates.moved,
      dates: dateShiftDays === undefined ? undefined : { order: dates.order, unmoved: dates.unmoved },
      known: known === undefined || matched === undefined ? undefined : known.report(matched, dates.births),
    };
  }
}

/**
 * Spans apart, in order of place. Where candidates overlap the better ranked one keeps the words that it has, and the
 * other the rest: nothing that a rule named is left.
 */
const resolve = (tokens: Tokens, candidates: readonly Candidate[]): PhiSpan[] => {
  const owners = new Int32Array(tokens.count).fill(-1);
  const sorted = [...candidates].sort((a, b) => a.rank - b.rank || b.to - b.from - (a.to - a.from) || a.from - b.from);
  sorted.forEach(({ from, to }, owner) => {
    for (let at = from; at < to; at++) if (owners[at] === -1) owners[at] = owner;
  });
  const spans: PhiSpan[] = [];
  for (let from = 0; from < tokens.count; ) {
    const owner = owners[from]!;
    let to = from + 1;
    while (to < tokens.count && owners[to] === owner) to++;
    if (owner !== -1) {
      const { from: first, to: last, category, rule, rank } = sorted[owner]!;
      let [start, end] = [from, to];
      if (start !== first || end !== last || rank === RANK.unknown) {
        while (start < end && tokens.kinds[start] === PUNCTUATION) start++;
        while (end > start && tokens.kinds[end - 1] === PUNCTUATION) end--;
      }
      // What a date leaves of a labelled value is an hour or the label, not a number.
      const rest =
        rank === RANK.label &&
        (start !== first || end !== last) &&
        !/\d{3}/.test(tokenSpan(tokens, start, Math.max(end, start + 1)).text);
      if (end > start && !rest) spans.push({ ...tokenSpan(tokens, start, end), category, rule });
    }
    from = to;
  }
  return spans;
};
