import { type MouseEvent, memo, type Ref } from 'react';
import { hasColumns } from '../text/columns.ts';
import type { Fragment } from '../text/split.ts';
import { type Item, spoken } from './items.ts';
import { isItem, lookOf, type Marked } from './marks.ts';

export interface MarkedTextProps {
  readonly text: string;
  readonly fragments: readonly Fragment<Marked>[];
  readonly onChoose: (items: readonly Item[]) => void;
  readonly ref: Ref<HTMLDivElement>;
}

/**
 * The note with flat marks. The n-th child node is the n-th fragment, which is how places of the note and of the document
 * are converted into each other. Marks take clicks but no tab stops: the list beside is the way of the keyboard.
 */
export const MarkedText = memo(function MarkedText({ text, fragments, onChoose, ref }: MarkedTextProps) {
  const choose = (event: MouseEvent<HTMLDivElement>) => {
    if (getSelection()?.isCollapsed === false) return;
    const mark = (event.target as Element).closest('mark');
    if (mark === null) return;
    const index = [...event.currentTarget.childNodes].indexOf(mark);
    onChoose(fragments[index]!.items.filter(isItem).toReversed());
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list of findings does the same by keyboard.
    // biome-ignore lint/a11y/noStaticElementInteractions: see above.
    <div className={hasColumns(text) ? 'note-text columns' : 'note-text'} dir="auto" ref={ref} onClick={choose}>
      {fragments.map((fragment) => draw(text, fragment))}
    </div>
  );
});

function draw(text: string, fragment: Fragment<Marked>) {
  const { start, end, items } = fragment;
  const words = text.slice(start, end);
  if (items.length === 0) return words;
  const own = items.filter(isItem);
  if (own.length === 0) {
    // A heading that stands alone on its line is one for screen readers too.
    const Heading = items.some((one) => !isItem(one) && one.alone) ? 'h2' : 'b';
    return (
      <Heading key={start} className="note-heading">
        {words}
      </Heading>
    );
  }
  const look = lookOf(fragment);
  const last = own.at(-1)!;
  const classes = [
    look.framed && 'framed',
    look.opens && 'opens',
    look.closes && 'closes',
    look.doubtful && 'doubtful',
    look.past && 'past',
    look.abnormal && 'abnormal',
    own.length < items.length && 'note-heading',
  ].filter(Boolean);
  return (
    <mark
      key={start}
      tabIndex={-1}
      className={classes.join(' ') || undefined}
      data-layers={look.layers}
      data-framed={look.framed}
      data-tag={look.tag}
      data-tag-of={look.tagOf}
      aria-description={last.says.length > 0 ? spoken(last) : undefined}
    >
      {words}
    </mark>
  );
}
