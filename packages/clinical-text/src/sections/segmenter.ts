import type { NotePart, Section, SectionLabel } from '../engine.ts';
import { partOf } from '../lexicon/section-headings.ts';
import { span } from '../text/spans.ts';
import type { Tokens } from '../text/tokens.ts';
import type { SectionClassifier } from './classifier.ts';
import { type Heading, HeadingRules } from './headings.ts';

/** Divides a note into sections: by its headings where it has them, by what its paragraphs say where it has none. */
export class Segmenter {
  private readonly headings = new HeadingRules();
  private readonly classifier: SectionClassifier;

  constructor(classifier: SectionClassifier) {
    this.classifier = classifier;
  }

  segment(tokens: Tokens): { readonly sections: Section[]; readonly headings: readonly Heading[] } {
    if (tokens.count === 0) return { sections: [], headings: [] };
    const headings = consistent(this.headings.find(tokens));
    const start = tokens.starts[0]!;
    const end = tokens.ends[tokens.count - 1]!;
    if (headings.length === 0) return { sections: this.byParagraph(tokens), headings };
    const sections: Section[] = [];
    const text = tokens.source.slice(start, headings[0]!.span.start).trimEnd();
    // Marks before a heading ("##") are no section.
    if (/[\p{L}\p{N}]/u.test(text)) {
      sections.push(
        section(
          tokens.source,
          start,
          start + text.length,
          this.classifier.classifyRange(tokens, 0, headings[0]!.from),
          null,
        ),
      );
    }
    headings.forEach((heading, at) => {
      const next = headings[at + 1]?.span.start ?? end;
      const text = tokens.source.slice(heading.span.start, next).trimEnd();
      sections.push(
        section(tokens.source, heading.span.start, heading.span.start + text.length, heading.label, heading),
      );
    });
    return { sections, headings };
  }

  private byParagraph(tokens: Tokens): Section[] {
    const sections: Section[] = [];
    let from = 0;
    for (let at = 1; at <= tokens.count; at++) {
      if (at < tokens.count && tokens.breaks[at]! < 2) continue;
      const start = tokens.starts[from]!;
      const end = tokens.ends[at - 1]!;
      const label = this.classifier.classifyRange(tokens, from, at);
      const last = sections.at(-1);
      if (last?.label === label) sections[sections.length - 1] = section(tokens.source, last.start, end, label, null);
      else sections.push(section(tokens.source, start, end, label, null));
      from = at;
    }
    return sections;
  }
}

const section = (
  source: string,
  start: number,
  end: number,
  label: SectionLabel,
  heading: Heading | null,
): Section => ({
  ...span(source, start, end),
  label,
  part: partOf[label],
  heading: heading === null ? null : heading.span,
});

/** A note that writes its headings in capitals means other lines of the same words as items: "Allergies." as a problem. */
const consistent = (headings: readonly Heading[]): Heading[] => {
  const capitals = headings.filter(({ style }) => style === 'capitals').length;
  let part: NotePart | undefined;
  let label: SectionLabel | undefined;
  return headings.filter((heading) => {
    const isCapital = heading.style === 'capitals' || heading.span.text === heading.span.text.toUpperCase();
    const mixed = capitals >= 2 && !isCapital;
    if (
      mixed &&
      heading.style === 'line' &&
      !(heading.apart && (partOf[heading.label] === part || heading.label === 'plan'))
    )
      return false;
    // "Follow-up:" within an exam, or "Medications:" within a plan, is a line of that section.
    if (mixed && part === 'assessment-and-plan' && partOf[heading.label] !== part) return false;
    // "Impression:" within results is the radiologist's.
    if (mixed && part === 'objective-results' && heading.label === 'assessment') return false;
    // "Drugs: none" within a social history is about habits.
    if (label === 'social-history' && heading.label === 'medications' && heading.span.text.toLowerCase() === 'drugs')
      return false;
    part = partOf[heading.label];
    label = heading.label;
    return true;
  });
};
