import { bandOf } from '../confidence.ts';
import type { Context } from '../context/context.ts';
import { type Document, type Item, type TokenRange, writtenLabel } from '../document.ts';
import { presentingWords } from '../lexicon/allergies.ts';
import { otherMeanings } from '../lexicon/other-meanings.ts';
import {
  abbreviationExceptions,
  capitalAbbreviations,
  problemAbbreviations,
} from '../lexicon/problem-abbreviations.ts';
import { signWords } from '../lexicon/problem-attributes.ts';
import { notProblemModifiers, notProblems, problemHeads, problemSuffixes, problems } from '../lexicon/problems.ts';
import { commonProblems, commonSigns, commonSymptoms } from '../lexicon/problems-common.ts';
import { moreProblems, moreSymptoms } from '../lexicon/problems-more.ts';
import { symptoms } from '../lexicon/symptoms.ts';
import type { Allergy, Assertion, Problem, Span } from '../model.ts';
import { Openings } from '../text/openings.ts';
import { OtherMeanings } from '../text/other-meanings.ts';
import { PhraseTrie } from '../text/phrase-trie.ts';
import { tokenSpan } from '../text/spans.ts';
import { Suffixes } from '../text/suffixes.ts';
import { LOWER, NUMBER, type Tokens, touches, WORD } from '../text/tokens.ts';
import { Vocabulary } from '../vocabulary/vocabulary.ts';
import { AttributeRules } from './attributes.ts';
import { HistoryByNature } from './history-by-nature.ts';

const SHORTEST_SUFFIXED = 7;
/** Words before the verb that says why the patient came. */
const PRESENTING = 4;
const historicalSections: ReadonlySet<string | null> = new Set([
  'past-medical-history',
  'past-surgical-history',
  'other-history',
]);

/** What these name is of today. */
const assessed: ReadonlySet<string | null> = new Set(['assessment', 'diagnosis', 'assessment-and-plan', 'plan']);

interface Name {
  readonly kind: Problem['kind'];
  readonly rule: string;
}

/** Problems, symptoms and signs, with what the note says of them. */
export class ProblemRules {
  private readonly vocabulary: Vocabulary;
  private readonly names = new PhraseTrie<Name>();
  private readonly capitals = new Map<string, Name>();
  private readonly exceptions: ReadonlySet<string> = new Set(notProblems);
  private readonly suffixes = new Suffixes(problemSuffixes);
  private readonly heads: ReadonlySet<string> = new Set(problemHeads);
  private readonly notModifiers: ReadonlySet<string> = new Set(notProblemModifiers);
  private readonly attributes = new AttributeRules();
  private readonly nature = new HistoryByNature();
  private readonly otherMeanings = new OtherMeanings(abbreviationExceptions, otherMeanings);
  private readonly openings: Openings;
  private readonly bit: number;

  constructor(vocabulary: Vocabulary = new Vocabulary(), openings: Openings = new Openings()) {
    this.vocabulary = vocabulary;
    this.openings = openings;
    this.bit = openings.bit(
      [this.names],
      (word) => this.capitals.has(word) || this.heads.has(word) || this.isProblem(word),
    );
    const listed = new Set([...problems, ...symptoms]);
    const capitals = new Set(
      capitalAbbreviations.map((word) => word.toLowerCase()).filter((word) => !listed.has(word)),
    );
    const add = (names: readonly string[], kind: Problem['kind'], rule: string): void =>
      void this.names.addAll(names, { kind, rule });
    add(signWords, 'sign', 'symptom.listed');
    add(commonSigns, 'sign', 'symptom.listed');
    add(symptoms, 'symptom', 'symptom.listed');
    add(commonSymptoms, 'symptom', 'symptom.listed');
    add(moreSymptoms, 'symptom', 'symptom.listed');
    add(problems, 'problem', 'problem.listed');
    add(moreProblems, 'problem', 'problem.listed');
    add(commonProblems, 'problem', 'problem.listed');
    add(problemAbbreviations, 'problem', 'problem.abbreviation');
    // Single words ("fall") are too common to be found by themselves.
    add(
      vocabulary.problems.filter((term) => /\s/.test(term)),
      'problem',
      'problem.vocabulary',
    );
    for (const name of capitals) this.capitals.set(name, { kind: 'problem', rule: 'problem.abbreviation' });
  }

  /** @param taken spans of drugs and allergens, in order of place: what lies in one is no problem */
  find(document: Document, context: Context, taken: readonly Span[], allergies: readonly Allergy[] = []): Problem[] {
    const { tokens } = document;
    const found: Problem[] = [];
    const reactions = reactionsOf(allergies);
    const opens = this.openings.of(tokens);
    let drug = 0;
    for (const item of document.items) {
      let last: TokenRange | undefined;
      for (let at = item.from; at < item.to; at++) {
        if ((opens[at]! & this.bit) === 0) continue;
        if (tokens.kinds[at] !== WORD || document.inHeading[at] === 1) continue;
        const mention = this.mentionAt(tokens, item, at);
        if (mention === undefined) continue;
        const { from, to, kind, rule } = mention;
        const place = tokenSpan(tokens, from, to);
        while (drug < taken.length && taken[drug]!.end <= place.start) drug++;
        if (drug < taken.length && taken[drug]!.start < place.end) continue;
        if (place.start < (found.at(-1)?.end ?? 0)) continue;
        const reactionTo = reactions.find(({ start, end }) => start < place.end && place.start < end)?.id;
        const assertion = this.assertion(document, context, item, from, to);
        const ofReaction =
          reactionTo !== undefined ||
          (writtenLabel(document, item) === 'allergies' && !presentingWords.has(tokens.lower[item.content] ?? ''));
        found.push({
          ...place,
          id: `p${found.length + 1}`,
          section: item.section < 0 ? null : item.section,
          item: item.index,
          rules: [rule],
          confidence: bandOf(rule),
          codes: this.vocabulary.exactCodesOf(tokens, from, to),
          kind,
          ...(ofReaction ? { ...assertion, time: pastIfCurrent(assertion) } : assertion),
          ...this.attributes.of(tokens, item, from, to, last),
          ...(reactionTo === undefined ? {} : { reactionTo }),
        });
        last = { from, to };
        at = to - 1;
      }
    }
    return found;
  }

  /** The assertion of a concept, by its item, its nature and the section that the note wrote. */
  assertion(document: Document, context: Context, item: Item, from: number, to: number): Assertion {
    const said = context.assertion(item, from, to);
    const label = writtenLabel(document, item);
    const historical =
      said.time === 'current' &&
      !said.conditional &&
      !this.presents(document.tokens, item, from) &&
      (historicalSections.has(label) ||
        (!assessed.has(label) && this.nature.holds(document.tokens, item, from, to, said.presence === 'absent')));
    return {
      ...said,
      time: historical ? 'past' : said.time,
      subject: label === 'family-history' && said.subject === 'patient' ? 'family' : said.subject,
    };
  }

  /** "Presents today with dysphasia", behind a history on the same line. */
  private presents(tokens: Tokens, item: Item, at: number): boolean {
    for (let back = item.from; back < Math.min(at, item.from + PRESENTING); back++)
      if (/^present(?:s|ed|ing)$/.test(tokens.lower[back]!))
        return tokens.lower.slice(back + 1, back + 4).some((word) => word === 'with' || word === 'today');
    return false;
  }

  private mentionAt(
    tokens: Tokens,
    item: Item,
    at: number,
  ): { readonly from: number; readonly to: number; readonly kind: Problem['kind']; readonly rule: string } | undefined {
    const match = this.names.longest(tokens, at, item.to);
    const word = tokens.lower[at]!;
    if (match !== undefined)
      return match.end === at + 1 && this.otherMeanings.hasAt(tokens, at, item)
        ? undefined
        : { from: at, to: match.end, ...match.value };
    const abbreviation = this.capitals.get(word);
    if (abbreviation !== undefined) {
      return tokens.shapes[at] !== LOWER && this.isCapital(tokens, item, at)
        ? { from: at, to: at + 1, ...abbreviation }
        : undefined;
    }
    if (this.isProblem(word)) return { from: at, to: at + 1, kind: 'problem', rule: 'problem.ending' };
    const from = this.headed(tokens, at, item.from);
    return from === undefined ? undefined : { from, to: at + 1, kind: 'problem', rule: 'problem.head' };
  }

  private isCapital(tokens: Tokens, item: Item, at: number): boolean {
    const raw = tokens.source.slice(tokens.starts[at]!, tokens.ends[at]!);
    if (raw !== raw.toUpperCase()) return false;
    // The mask of another tool: "NAME[AAA]".
    if (tokens.lower[at - 1] === '[' && touches(tokens, at) && touches(tokens, at - 1)) return false;
    // "CD45", "G6PD": part of another name.
    if (touches(tokens, at) && tokens.kinds[at - 1] === NUMBER) return false;
    if (touches(tokens, at + 1) && tokens.kinds[at + 1] === NUMBER) return false;
    return !this.otherMeanings.hasAt(tokens, at, item);
  }

  /** Where the words before a head noun begin: one word, or a name and its "'s"; undefined where they name nothing. */
  private headed(tokens: Tokens, at: number, first: number): number | undefined {
    if (!this.heads.has(tokens.lower[at]!) || at === first) return undefined;
    let from = at - 1;
    if (tokens.lower[from] === 's' && from - 2 >= first && tokens.kinds[from - 1] !== WORD) from -= 2;
    if (tokens.kinds[from] !== WORD || tokens.lower[from]!.length < 3 || this.notModifiers.has(tokens.lower[from]!))
      return undefined;
    while (
      from - 2 >= first &&
      tokens.lower[from - 1] === '-' &&
      tokens.kinds[from - 2] === WORD &&
      touches(tokens, from)
    )
      from -= 2;
    return from;
  }

  private isProblem(word: string): boolean {
    return word.length >= SHORTEST_SUFFIXED && this.suffixes.match(word, 2) && !this.exceptions.has(word);
  }
}

const pastIfCurrent = ({ time }: Assertion): Assertion['time'] => (time === 'current' ? 'past' : time);

const reactionsOf = (
  allergies: readonly Allergy[],
): { readonly start: number; readonly end: number; readonly id: string }[] =>
  allergies.flatMap(({ id, reactions }) => reactions.map(({ start, end }) => ({ start, end, id })));
