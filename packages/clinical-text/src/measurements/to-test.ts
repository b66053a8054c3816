import { bandOf } from '../confidence.ts';
import type { Document } from '../document.ts';
import type { Coding, Quantity, Test, TestValue } from '../model.ts';
import { tokenSpan } from '../text/spans.ts';
import type { Tokens } from '../text/tokens.ts';
import type { Draft } from './test-draft.ts';
import type { TestValueRules } from './test-value.ts';
import type { ValueMention } from './value-mention.ts';

/** A draft in the data model. */
export const toTest = ({ tokens, items }: Document, draft: Draft, index: number, rules: TestValueRules): Test => {
  const { rule, from, to, values, end, pending, target, words, specimen } = draft;
  const last = Math.max(to, end);
  const made = values.map(({ mention, newest, baseline }): TestValue => {
    const value = rules.toValue(tokens, rule, mention, newest, baseline);
    // The ranges are of blood.
    return specimen === null ? value : { ...value, flagOfRange: null };
  });
  const worded: TestValue[] =
    words === null
      ? []
      : [
          {
            text: tokenSpan(tokens, words.from, words.to),
            low: null,
            high: null,
            comparator: null,
            unit: null,
            ucum: null,
            words: tokenSpan(tokens, words.from, words.to),
            newest: true,
            baseline: false,
            flagOfNote: null,
            flagOfRange: null,
          },
        ];
  const code = rule.loinc;
  const codes: Coding[] = code === undefined ? [] : [{ system: 'loinc', code, display: rule.name, from: 'built-in' }];
  const section = items[draft.item]!.section;
  const ruleId = draft.prose ? 'test.prose' : draft.weak ? 'test.letter' : 'test.listed';
  return {
    ...tokenSpan(tokens, from, last),
    id: `t${index + 1}`,
    section: section < 0 ? null : section,
    item: draft.item,
    rules: [ruleId],
    confidence: bandOf(ruleId),
    codes,
    name: rule.name,
    kind: rule.kind,
    pending,
    ...(specimen !== null && { specimen: tokenSpan(tokens, specimen.from, specimen.to) }),
    values: [...made, ...worded],
    ...(target !== null && { target: quantityOf(tokens, target) }),
  };
};

const quantityOf = (tokens: Tokens, { from, number, unit }: ValueMention): Quantity => ({
  text: tokenSpan(tokens, from, unit?.to ?? number.to),
  low: number.low,
  high: number.high,
  comparator: number.comparator,
  unit: unit === null ? null : tokenSpan(tokens, unit.from, unit.to).text,
  ucum: unit?.ucum ?? null,
});
