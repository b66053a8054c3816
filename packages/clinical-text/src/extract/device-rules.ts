import type { Context } from '../context/context.ts';
import type { Document, Item } from '../document.ts';
import { deviceStatus, devices } from '../lexicon/devices.ts';
import type { Device } from '../model.ts';
import { AttributeRules } from '../problems/attributes.ts';
import { onsetAfter } from '../problems/onset.ts';
import { Openings } from '../text/openings.ts';
import { PhraseTrie } from '../text/phrase-trie.ts';
import { type Tokens, WORD } from '../text/tokens.ts';
import { mentionOf } from './mentions.ts';

const REACH = 4;

/** Devices in or on the body. What a note denies is not listed. */
export class DeviceRules {
  private readonly names = new PhraseTrie<true>().addAll(devices, true);
  private readonly words = new PhraseTrie<Device['status']>()
    .addAll(deviceStatus.removed, 'removed')
    .addAll(deviceStatus.planned, 'planned');
  private readonly attributes = new AttributeRules();
  private readonly openings: Openings;
  private readonly bit: number;

  constructor(openings: Openings = new Openings()) {
    this.openings = openings;
    this.bit = openings.bit([this.names]);
  }

  find(document: Document, context: Context): Device[] {
    const { tokens } = document;
    const found: Device[] = [];
    const opens = this.openings.of(tokens);
    for (const item of document.items) {
      for (let at = item.from; at < item.to; at++) {
        if ((opens[at]! & this.bit) === 0) continue;
        if (tokens.kinds[at] !== WORD || document.inHeading[at] === 1) continue;
        const match = this.names.longest(tokens, at, item.to);
        if (match === undefined) continue;
        const from = at;
        const to = match.end;
        at = to - 1;
        // "Catheter-related infection"
        if (/^[-–]$/.test(tokens.lower[to] ?? '') && /^(?:related|associated)$/.test(tokens.lower[to + 1] ?? ''))
          continue;
        const { presence, subject } = context.assertion(item, from, to);
        if (presence === 'absent' || subject !== 'patient') continue;
        const { side, site } = this.attributes.of(tokens, item, from, to);
        const since = onsetAfter(tokens, item, to);
        found.push({
          ...mentionOf(document, item, { from, to, id: `d${found.length + 1}`, rule: 'device.listed' }),
          status: this.statusOf(tokens, item, from, to),
          ...(side === undefined ? {} : { side }),
          ...(site === undefined ? {} : { site }),
          ...(since === undefined ? {} : { since }),
        });
      }
    }
    return found;
  }

  private statusOf(tokens: Tokens, item: Item, from: number, to: number): Device['status'] {
    for (let at = Math.max(item.from, from - REACH); at < Math.min(item.to, to + REACH); at++) {
      if (at >= from && at < to) continue;
      if (at >= to && /^[.;,]$/.test(tokens.lower[at]!)) break;
      const match = tokens.kinds[at] === WORD ? this.words.longest(tokens, at, item.to) : undefined;
      if (match === undefined) continue;
      if (match.value === 'removed' || at < from) return match.value;
    }
    return 'in-situ';
  }
}
