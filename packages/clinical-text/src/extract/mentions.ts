import { bandOf } from '../confidence.ts';
import type { Document, Item } from '../document.ts';
import type { Mention } from '../model.ts';
import { tokenSpan } from '../text/spans.ts';

/** The members that every mention has. */
export const mentionOf = (
  { tokens }: Document,
  item: Item,
  { from, to, id, rule }: { readonly from: number; readonly to: number; readonly id: string; readonly rule: string },
): Mention => ({
  ...tokenSpan(tokens, from, to),
  id,
  section: item.section < 0 ? null : item.section,
  item: item.index,
  rules: [rule],
  confidence: bandOf(rule),
  codes: [],
});
