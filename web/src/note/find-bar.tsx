import { type KeyboardEvent, type RefObject, useEffect, useMemo, useState } from 'react';
import { createFinder } from '../text/find.ts';
import type { Place } from '../text/split.ts';
import { rangeOf, showRange } from './places.ts';

export interface FindBarProps {
  readonly text: string;
  readonly container: RefObject<HTMLDivElement | null>;
  /** Changes when the note is drawn anew. */
  readonly fragments: readonly Place[];
}

/** Finds words in the note, in the page alone: what a clinician looks for is sent to nobody. */
export function FindBar({ text, container, fragments }: FindBarProps) {
  const [query, setQuery] = useState('');
  const [current, setCurrent] = useState(0);
  const finder = useMemo(() => createFinder(text), [text]);
  const hits = useMemo(() => finder(query), [finder, query]);

  useEffect(() => {
    const note = container.current;
    if (note === null || !('highlights' in CSS)) return;
    const ranges = hits.map((hit) => rangeOf(note, fragments, hit));
    CSS.highlights.set('find', new Highlight(...ranges));
    const [now] = ranges.splice(current, 1);
    CSS.highlights.set('find-current', new Highlight(...(now ? [now] : [])));
    if (now) showRange(now);
    return () => {
      CSS.highlights.delete('find');
      CSS.highlights.delete('find-current');
    };
  }, [container, fragments, hits, current]);

  const step = (by: 1 | -1) =>
    setCurrent((before) => (hits.length === 0 ? 0 : (before + by + hits.length) % hits.length));
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Enter') step(event.shiftKey ? -1 : 1);
    else if (event.key === 'Escape') setQuery('');
    else return;
    event.preventDefault();
  };
  return (
    <search className="find">
      <input
        type="search"
        aria-label="Find in this note"
        placeholder="Find in this note"
        autoComplete="off"
        spellCheck={false}
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setCurrent(0);
        }}
        onKeyDown={keys}
      />
      <span className="find-count" role="status">
        {query.trim() === '' ? '' : hits.length === 0 ? 'Not found' : `${current + 1} of ${hits.length}`}
      </span>
      <button type="button" aria-label="Previous" disabled={hits.length === 0} onClick={() => step(-1)}>
        ↑
      </button>
      <button type="button" aria-label="Next" disabled={hits.length === 0} onClick={() => step(1)}>
        ↓
      </button>
    </search>
  );
}
