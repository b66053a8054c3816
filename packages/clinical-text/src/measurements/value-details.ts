import { flagWords, type MeasurementRule, oxygenWords, positions } from '../lexicon/measurements.ts';
import type { QuantityRules } from '../quantity/quantities.ts';
import { PhraseTrie } from '../text/phrase-trie.ts';
import { LOWER, NUMBER, type Tokens, WORD } from '../text/tokens.ts';
import type { NoteFlag, Place, Position, ValueMention } from './value-mention.ts';

const rangeWords = /^(?:ref|reference|normal|range|nr|rr|n|norm|interval|limits|referenz)$/;

/** What a note writes beside a value: its own flag and range, the position of the body, and oxygen. */
export class ValueDetailRules {
  private readonly quantities: QuantityRules;
  private readonly flags = new PhraseTrie<NoteFlag>();
  private readonly positions = new PhraseTrie<Position>();
  private readonly positionWords: ReadonlySet<string> = new Set(positions.flatMap(([, words]) => words));
  private readonly oxygen = new PhraseTrie<true>().addAll(oxygenWords, true);

  constructor(quantities: QuantityRules) {
    this.quantities = quantities;
    for (const [flag, words] of flagWords) this.flags.addAll(words, flag);
    for (const [position, words] of positions) this.positions.addAll(words, position);
  }

  isPosition(word: string): boolean {
    return this.positionWords.has(word);
  }

  positionAt(
    tokens: Tokens,
    at: number,
    limit: number,
  ): { readonly value: Position; readonly end: number } | undefined {
    return at < limit ? this.positions.longest(tokens, at, limit) : undefined;
  }

  /** Details that follow a value: "(H)", "[3.5-5.0]", "on 4 L NC", "standing". */
  withDetails(tokens: Tokens, rule: MeasurementRule, value: ValueMention, limit: number, comma: boolean): ValueMention {
    let { flag, range, position, on, to } = value;
    for (let at = to; at < limit; ) {
      const word = tokens.lower[at]!;
      if (tokens.breaks[at]! > 0) break;
      const found = flag === null ? this.flagAt(tokens, at, limit) : undefined;
      if (found !== undefined) {
        flag = found;
        at = to = found.end;
        continue;
      }
      const limits = range === null ? this.rangeAt(tokens, at, limit, comma) : undefined;
      if (limits !== undefined) {
        range = limits;
        at = to = limits.end;
        continue;
      }
      // "Lying 148/84 standing 112/70": if the first position precedes its value, the next one does too.
      const led = this.isPosition(tokens.lower[value.from - 1] ?? '');
      const place = position === null && !led ? this.positions.longest(tokens, at, limit) : undefined;
      if (place !== undefined) {
        position = place.value;
        at = to = place.end;
        continue;
      }
      const oxygen = on === null && rule.name === 'oxygen saturation' ? this.oxygenAt(tokens, at, limit) : undefined;
      if (oxygen !== undefined) {
        on = { from: oxygen.from, to: oxygen.to };
        at = to = oxygen.to;
        continue;
      }
      if (word === '|' || (word === ',' && this.flagAt(tokens, at + 1, limit) !== undefined)) at++;
      else break;
    }
    return { ...value, to, flag, range, position, on };
  }

  private flagAt(
    tokens: Tokens,
    from: number,
    limit: number,
  ): (Place & { readonly value: NoteFlag; readonly end: number }) | undefined {
    const bracket = tokens.lower[from] === '(' || tokens.lower[from] === '[' || tokens.lower[from] === '|';
    const at = bracket ? from + 1 : from;
    if (at >= limit || tokens.kinds[at] === NUMBER) return undefined;
    const match = this.flags.longest(tokens, at, limit);
    if (match === undefined) return undefined;
    const letters = tokens.kinds[at] === WORD && tokens.lower[at]!.length < 3 && match.end === at + 1;
    // "K 3.2 L", but not "5 l" or "4 L NC".
    if (letters && tokens.shapes[at] === LOWER) return undefined;
    if (letters && !bracket && this.oxygen.longest(tokens, match.end, limit) !== undefined && match.end < limit)
      return undefined;
    // In "9.1 low back pain", "low" is not a flag of the value.
    if (
      !letters &&
      !bracket &&
      tokens.kinds[at] === WORD &&
      tokens.kinds[match.end] === WORD &&
      match.end < limit &&
      tokens.breaks[match.end] === 0
    )
      return undefined;
    const closed = bracket && /^[)\]|]$/.test(tokens.lower[match.end] ?? '');
    if (
      bracket &&
      !closed &&
      tokens.lower[from] !== '|' &&
      tokens.lower[match.end] !== ',' &&
      tokens.lower[match.end] !== ';'
    )
      return undefined;
    const end = closed && tokens.lower[from] !== '|' ? match.end + 1 : match.end;
    return { from: at, to: match.end, value: match.value, end };
  }

  /** "(3.5-5.0)", "[ref <0.04]", "| 4.0-11.0" */
  private rangeAt(
    tokens: Tokens,
    from: number,
    limit: number,
    comma: boolean,
  ): (Place & { readonly low: number | null; readonly high: number | null; readonly end: number }) | undefined {
    const open = tokens.lower[from]!;
    const bracket = open === '(' || open === '[' || open === '|' || open === '{';
    let at = bracket ? from + 1 : from;
    let named = false;
    while (
      at < limit &&
      (rangeWords.test(tokens.lower[at]!) || /^(?::|=|-|\.)$/.test(tokens.lower[at]!) || tokens.lower[at] === 'is')
    ) {
      named ||= tokens.kinds[at] === WORD;
      at++;
    }
    if (!bracket && !named) return undefined;
    const number = at < limit ? this.quantities.numbers.at(tokens, at, limit, comma) : undefined;
    if (number === undefined || (number.form !== 'range' && number.comparator === null)) return undefined;
    if (!named && number.form !== 'range' && open !== '(' && open !== '[') return undefined;
    let end = number.to;
    while (end < limit && end - number.to < 5 && !/^[)\]}|,;]$/.test(tokens.lower[end]!) && bracket && open !== '|')
      end++;
    if (/^[)\]}]$/.test(tokens.lower[end] ?? '')) end++;
    return { from: at, to: number.to, low: number.low, high: number.high, end };
  }

  /** "on RA", "4 L NC", "on 15 L via mask" */
  private oxygenAt(tokens: Tokens, from: number, limit: number): Place | undefined {
    let at =
      tokens.lower[from] === 'on' || tokens.lower[from] === '(' || tokens.lower[from] === 'via' ? from + 1 : from;
    const led = at > from;
    const litres = at < limit && tokens.kinds[at] === NUMBER && tokens.lower[at + 1] === 'l';
    if (litres) {
      at += 2;
      if (tokens.lower[at] === '/' && tokens.lower[at + 1] === 'min') at += 2;
      if (tokens.lower[at] === 'via' || tokens.lower[at] === 'on' || tokens.lower[at] === 'by') at++;
    }
    const words = at < limit ? this.oxygen.longest(tokens, at, limit) : undefined;
    if (words === undefined && !(litres && led)) return undefined;
    const start = led && tokens.lower[from] !== 'on' ? from + 1 : from;
    let end = words?.end ?? at;
    if (tokens.lower[from] === '(' && tokens.lower[end] === ')') end++;
    return { from: start, to: end };
  }
}
