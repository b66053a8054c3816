import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Analysis, AnalysisV2 } from '../api/types.ts';
import { Findings } from '../note/findings.tsx';
import { allFactsOf, type Group, type Item, itemsOf } from '../note/items.ts';
import { Layers } from '../note/layers.tsx';
import { MarkLegend } from '../note/mark-legend.tsx';
import { MarkedText } from '../note/marked-text.tsx';
import { fragmentsOf } from '../note/marks.ts';
import { elementsOf, rangeOf, showRange } from '../note/places.ts';
import { SelectionBar } from '../note/selection-bar.tsx';
import { Command } from './command.tsx';
import { curlOf } from './curl.ts';
import { type JsonPart, partOf } from './json-part.ts';

export interface AnalysisViewProps {
  readonly text: string;
  /** The whole answer, with version 2. */
  readonly answer: { readonly analysis: Analysis & { readonly v2: AnalysisV2 } };
}

/** Text, items and JSON side by side: an item that is selected in one of them is shown in the others. */
export function AnalysisView({ text, answer }: AnalysisViewProps) {
  const { analysis } = answer;
  const items = useMemo(() => itemsOf(analysis), [analysis]);
  const json = useMemo(() => JSON.stringify(answer, null, 2), [answer]);
  const fragments = useMemo(() => {
    const headings = analysis.sections.map(({ heading }) => heading).filter((heading) => heading !== null);
    return fragmentsOf(text, items, headings);
  }, [text, items, analysis]);
  const [hidden, setHidden] = useState<ReadonlySet<Group>>(new Set());
  const [selected, setSelected] = useState<Item>();
  const container = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLElement>(null);
  const byId = useMemo(() => new Map(items.map((item) => [item.id, item])), [items]);
  const part = useMemo(() => (selected ? partOf(json, analysis, selected) : undefined), [json, analysis, selected]);

  useEffect(() => {
    const note = container.current;
    if (note === null || selected === undefined) return;
    const elements = elementsOf(note, fragments, selected);
    for (const element of elements) element.dataset.selected = '';
    showRange(rangeOf(note, fragments, selected));
    return () => {
      for (const element of elements) delete element.dataset.selected;
    };
  }, [fragments, selected]);

  const choose = useCallback(
    (innermostFirst: readonly Item[]) => {
      setSelected((before) => {
        const at = innermostFirst.findIndex(({ id }) => id === before?.id);
        return byId.get(innermostFirst[(at + 1) % innermostFirst.length]!.id);
      });
    },
    [byId],
  );
  const open = (item: Item) => {
    setSelected(item);
    const [first] = elementsOf(container.current!, fragments, item);
    first?.focus({ preventScroll: true });
  };
  const toItems = () => {
    list.current?.querySelector<HTMLElement>('[role=listbox]')?.focus();
    list.current?.scrollIntoView({ block: 'nearest' });
  };
  const toggle = (group: Group) => {
    const next = new Set(hidden);
    if (!next.delete(group)) next.add(group);
    setHidden(next);
  };
  return (
    <div className="try-result">
      <Command text={curlOf(location.origin, '/analyze?v2=true')} />
      <Layers items={items} hidden={hidden} onToggle={toggle} />
      <div className="try-columns">
        <section aria-label="Text">
          <div className="sheet" data-off={[...hidden].join(' ') || undefined}>
            <MarkedText text={text} fragments={fragments} onChoose={choose} ref={container} />
          </div>
          <MarkLegend />
          {selected ? <SelectionBar title={selected.words} facts={allFactsOf(selected)} onBack={toItems} /> : null}
        </section>
        <div className="try-side">
          <section className="try-items" aria-label="Items" ref={list}>
            <h2>
              Items <span className="count">{items.length}</span>
            </h2>
            <Findings items={items} hidden={hidden} selected={selected?.id} onSelect={setSelected} onOpen={open} />
          </section>
          <Json text={json} part={part} />
        </div>
      </div>
    </div>
  );
}

function Json({ text, part }: { readonly text: string; readonly part: JsonPart | undefined }) {
  const mark = useRef<HTMLElement>(null);
  const box = useRef<HTMLPreElement>(null);
  useEffect(() => {
    if (part === undefined || mark.current === null || box.current === null) return;
    // The box alone: the page must stay where it is.
    box.current.scrollTop = mark.current.offsetTop - 40;
  }, [part]);
  return (
    <section className="try-json" aria-label="JSON">
      <h2>JSON</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs a tab stop for the keyboard. */}
      <pre ref={box} tabIndex={0}>
        {part === undefined ? (
          text
        ) : (
          <>
            {text.slice(0, part.start)}
            <b className="json-part" ref={mark}>
              {text.slice(part.start, part.end)}
            </b>
            {text.slice(part.end)}
          </>
        )}
      </pre>
    </section>
  );
}
