import '../shared.ts';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { AnalysisView, BreakGlassGrant } from '../api/types.ts';
import { Link } from '../router.tsx';
import type { PageProps } from '../routes.ts';
import { useMe } from '../session/session.tsx';
import type { Place } from '../text/split.ts';
import { Button } from '../ui/button.tsx';
import { Loading } from '../ui/loading.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { Time } from '../ui/time.tsx';
import { BreakGlass } from './break-glass.tsx';
import { doubts } from './doubts.ts';
import { FindBar } from './find-bar.tsx';
import { Findings } from './findings.tsx';
import { allFactsOf, type Group, type Item, itemsOf } from './items.ts';
import { Layers } from './layers.tsx';
import { LookPanel } from './look-panel.tsx';
import { MarkLegend } from './mark-legend.tsx';
import { MarkedText } from './marked-text.tsx';
import { fragmentsOf } from './marks.ts';
import { type LookLine, oneLookOf } from './one-look.ts';
import { elementsOf, rangeOf, showRange } from './places.ts';
import { SelectionBar } from './selection-bar.tsx';
import { SummaryPanel } from './summary-panel.tsx';
import { type OpenNote, type ShownAnalysis, useNote } from './use-note.ts';

/** A note with its analysis beside it. */
export default function NotePage({ params }: PageProps) {
  const me = useMe();
  const auditId = params.id!;
  const open = useNote(auditId, me.permissions.includes('note.analyze'));
  const [asking, setAsking] = useState(false);
  const [grant, setGrant] = useState<BreakGlassGrant>();
  const { note, problem, reload } = open;

  if (problem?.code === 'break-glass-required') {
    return (
      <div className="page">
        <h1>This note belongs to another care team</h1>
        <section className="notice warning">
          <p>
            You can open it in an emergency. If you should be in that care team, ask your administrator instead. Nothing
            of the note has been shown.
          </p>
          <p className="notice-foot">
            <Button kind="danger" onPress={() => setAsking(true)}>
              Open in an emergency…
            </Button>
            <Link href="/app/">Back to the work list</Link>
          </p>
        </section>
        {asking ? (
          <BreakGlass
            of={{ audit_id: auditId }}
            onClose={() => setAsking(false)}
            onOpened={(opened) => {
              setAsking(false);
              setGrant(opened);
              reload();
            }}
          />
        ) : null}
      </div>
    );
  }
  if (problem) {
    return (
      <div className="page">
        <h1>The note cannot be shown</h1>
        <ProblemNotice problem={problem} onRetry={reload}>
          {problem.status === 404 ? <Link href="/app/">Go to the work list</Link> : null}
        </ProblemNotice>
      </div>
    );
  }
  if (note === undefined) return <Loading what="the note" />;
  return <Workspace {...open} note={note} grant={grant} />;
}

interface WorkspaceProps extends OpenNote {
  readonly note: NonNullable<OpenNote['note']>;
  readonly grant: BreakGlassGrant | undefined;
}

interface Selection extends Place {
  readonly key: string;
  /** False for a sentence. */
  readonly item: boolean;
  readonly title: string;
  readonly facts: readonly string[];
}

const noItems: readonly Item[] = [];

/** The dialog that had the focus is gone. A function that stays the same, so that it is called once. */
const focusOnce = (element: HTMLElement | null) => element?.focus();

function Workspace({ note, analysis: answer, analysisProblem, reloadAnalysis, grant }: WorkspaceProps) {
  const text = note.note_text;
  const analysis = answer?.analysis;
  const known = hasV2(analysis) ? analysis : undefined;
  const items = useMemo(() => (known ? itemsOf(known) : noItems), [known]);
  const look = useMemo(() => known && oneLookOf(known.v2, text), [known, text]);
  const fragments = useMemo(() => fragmentsOf(text, items, headingsOf(known)), [text, items, known]);
  const byId = useMemo(() => new Map(items.map((item) => [item.id, item])), [items]);

  const [hidden, setHidden] = useState<ReadonlySet<Group>>(new Set(['identifier']));
  // For the handler of the marks, which must not change with it: 600 marks would be drawn anew.
  const off = useRef(hidden);
  off.current = hidden;
  const [tab, setTab] = useState('look');
  const [selection, setSelection] = useState<Selection>();
  const container = useRef<HTMLDivElement>(null);
  const panel = useRef<HTMLElement>(null);
  const origin = useRef<HTMLElement>(null);

  // Drawn by attributes: 600 marks need no new rendering for a selection.
  useEffect(() => {
    const note = container.current;
    if (note === null || selection === undefined) return;
    const range = rangeOf(note, fragments, selection);
    const elements = selection.item ? elementsOf(note, fragments, selection) : [];
    for (const element of elements) element.dataset.selected = '';
    // A sentence holds words without a mark.
    if (!selection.item) CSS.highlights?.set('selected', new Highlight(range));
    showRange(range);
    return () => {
      for (const element of elements) delete element.dataset.selected;
      CSS.highlights?.delete('selected');
    };
  }, [fragments, selection]);

  const select = useCallback((item: Item) => setSelection(selectionOf(item)), []);
  const focusWords = useCallback(
    (place: Place) => {
      origin.current = document.activeElement as HTMLElement;
      const [first] = elementsOf(container.current!, fragments, place);
      // A sentence may have no mark: its selection is shown all the same, and the way back is in the bar.
      (first ?? container.current)?.focus({ preventScroll: true });
    },
    [fragments],
  );
  const openItem = useCallback(
    (item: Item) => {
      select(item);
      focusWords(item);
    },
    [select, focusWords],
  );
  const openLine = (line: LookLine) => {
    const item = line.item === undefined ? undefined : byId.get(line.item);
    setSelection(item ? selectionOf(item) : { ...line, item: false, title: line.lead, facts: [] });
    focusWords(line);
  };
  const choose = useCallback(
    (all: readonly Item[]) => {
      const innermostFirst = all.filter(({ group }) => !off.current.has(group));
      if (innermostFirst.length === 0) return;
      setTab('findings');
      // The innermost, and with each further click on the same words the next one outward.
      setSelection((before) => {
        const at = innermostFirst.findIndex(({ id }) => id === before?.key);
        return selectionOf(byId.get(innermostFirst[(at + 1) % innermostFirst.length]!.id)!);
      });
    },
    [byId],
  );
  const back = () => {
    const from = origin.current;
    const list = panel.current?.querySelector<HTMLElement>('[role=listbox]');
    const target = from?.isConnected && panel.current?.contains(from) ? from : list;
    target?.focus();
    target?.scrollIntoView({ block: 'nearest' });
  };
  const toggle = (group: Group) => {
    const next = new Set(hidden);
    if (!next.delete(group)) next.add(group);
    setHidden(next);
  };

  return (
    <div className="workspace">
      <header className="note-head">
        <div>
          <h1>Note</h1>
          <dl className="note-facts">
            <Fact name="Patient">{note.patient_id}</Fact>
            <Fact name="Received">
              <Time at={note.received_at} />
            </Fact>
            <Fact name="Care team">{note.care_team ?? 'none (all clinicians)'}</Fact>
          </dl>
        </div>
        <Button onPress={() => print()}>Print</Button>
      </header>
      {grant ? (
        <p className="notice warning" tabIndex={-1} ref={focusOnce}>
          Opened in an emergency. Access to this patient's notes ends at <Time at={grant.expires_at} />.
        </p>
      ) : null}
      <aside className="panel" ref={panel} aria-label="Analysis">
        {known && look ? (
          <>
            <p className="draft">
              Draft made by rules. Check it against the note.
              <a className="to-text" href="#text">
                Go to the text
              </a>
            </p>
            {answer?.needs_review ? (
              <p className="draft doubts">
                The analysis has doubts about {answer.review_reasons?.map((reason) => doubts[reason]).join(', ')}. Read
                the note first.
              </p>
            ) : null}
            <Tabs
              label="Views of the analysis"
              selected={tab}
              onSelect={setTab}
              views={[
                {
                  id: 'look',
                  title: 'In one look',
                  keep: true,
                  show: () => <LookPanel look={look} selected={selection?.key} onOpen={openLine} />,
                },
                {
                  id: 'summary',
                  title: 'Summary',
                  show: () => (
                    <SummaryPanel parts={known.v2.summary.short} selected={selection?.key} onOpen={openLine} />
                  ),
                },
                {
                  id: 'findings',
                  title: 'Findings',
                  show: () => (
                    <Findings
                      items={items}
                      hidden={hidden}
                      selected={selection?.key}
                      onSelect={select}
                      onOpen={openItem}
                    />
                  ),
                },
              ]}
            />
          </>
        ) : (
          <NoAnalysis answer={answer} problem={analysisProblem} onRetry={reloadAnalysis} />
        )}
      </aside>
      <section className="paper" aria-label="Text of the note">
        <div className="note-tools">
          <FindBar text={text} container={container} fragments={fragments} />
          {known ? <Layers items={items} hidden={hidden} onToggle={toggle} /> : null}
        </div>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: Escape leads back from the words, which are not a control. */}
        <div
          className="sheet"
          id="text"
          data-off={[...hidden].join(' ') || undefined}
          onKeyDown={(event) => {
            if (event.key === 'Escape') back();
          }}
        >
          <MarkedText text={text} fragments={fragments} onChoose={choose} ref={container} />
        </div>
        {known ? <MarkLegend /> : null}
        {selection ? <SelectionBar title={selection.title} facts={selection.facts} onBack={back} /> : null}
      </section>
    </div>
  );
}

const Fact = ({ name, children }: { readonly name: string; readonly children: React.ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

function NoAnalysis({
  answer,
  problem,
  onRetry,
}: {
  readonly answer: OpenNote['analysis'];
  readonly problem: OpenNote['analysisProblem'];
  readonly onRetry: () => void;
}) {
  if (problem) return <ProblemNotice problem={problem} onRetry={onRetry} />;
  if (answer === undefined) return <Loading what="the analysis" />;
  const waiting = answer.status === 'queued' || answer.status === 'running';
  return (
    <section className="notice warning">
      <h2>{waiting ? 'The analysis is not ready' : 'There is no analysis to show'}</h2>
      <p>
        {waiting
          ? 'Read the note, and look again in a minute.'
          : 'The note can be read as it is. Have it analysed again, or report the error to your administrator.'}
      </p>
      <p className="notice-foot">
        <Button onPress={onRetry}>{waiting ? 'Look again' : 'Analyse again'}</Button>
        {answer.error ? (
          <span>
            Error <code>{answer.error}</code>
          </span>
        ) : null}
      </p>
    </section>
  );
}

const selectionOf = (item: Item): Selection => ({
  key: item.id,
  item: true,
  start: item.start,
  end: item.end,
  title: item.words,
  facts: allFactsOf(item),
});

const hasV2 = (analysis: ShownAnalysis['analysis']): analysis is AnalysisView => analysis?.v2 !== undefined;

const headingsOf = (analysis: AnalysisView | undefined): Place[] =>
  analysis?.sections.map(({ heading }) => heading).filter((heading) => heading !== null) ?? [];
