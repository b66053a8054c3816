import '../shared.ts';
import { useEffect, useState } from 'react';
import { api } from '../api/client.ts';
import type { AnalysisV2, AnalyzedText } from '../api/types.ts';
import { useLoad } from '../api/use-load.ts';
import { Button } from '../ui/button.tsx';
import { Loading } from '../ui/loading.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { AnalysisView } from './analysis-view.tsx';
import { BatchView } from './batch-view.tsx';
import { FileRefusal, textOfFile } from './decode.ts';
import { DeidentifiedView } from './deidentified-view.tsx';
import { NoteInput } from './input.tsx';
import { sampleNote } from './sample-note.ts';

interface Subject {
  readonly title: string;
  readonly text: string;
  /** Tells one text from the next, though they are alike. */
  readonly number: number;
}

/** For integration engineers: what the service makes of a text, which it does not store. */
export default function TryPage() {
  const [subject, setSubject] = useState<Subject>();
  const [files, setFiles] = useState<readonly File[]>();
  const [refusal, setRefusal] = useState<string>();
  const show = (title: string, text: string) => {
    setRefusal(undefined);
    setSubject((before) => ({ title, text, number: (before?.number ?? 0) + 1 }));
  };
  const openFile = async (file: File) => {
    try {
      show(file.name, await textOfFile(file));
    } catch (error) {
      setRefusal(error instanceof FileRefusal ? `${file.name}: ${error.message}` : 'The file cannot be read.');
    }
  };
  const take = (chosen: readonly File[]) => {
    setSubject(undefined);
    setFiles(chosen.length > 1 ? chosen : undefined);
    setRefusal(undefined);
    if (chosen.length === 1) void openFile(chosen[0]!);
  };
  // Beside the field, too: a browser would leave the page and open the file.
  useEffect(() => {
    const over = (event: DragEvent) => event.preventDefault();
    const drop = (event: DragEvent) => {
      event.preventDefault();
      const dropped = [...(event.dataTransfer?.files ?? [])];
      if (dropped.length > 0) take(dropped);
    };
    addEventListener('dragover', over);
    addEventListener('drop', drop);
    return () => {
      removeEventListener('dragover', over);
      removeEventListener('drop', drop);
    };
  });
  const restart = () => {
    setSubject(undefined);
    setRefusal(undefined);
  };
  return (
    <div className="page wide">
      <div className="page-head">
        <div>
          <h1>Try a note</h1>
          <p>The service analyses the text and stores nothing of it. Results are drafts made by rules.</p>
        </div>
        {subject ? <Button onPress={restart}>{files ? 'Back to the files' : 'Another note'}</Button> : null}
      </div>
      {refusal ? (
        <p className="notice problem" role="alert">
          {refusal}
        </p>
      ) : null}
      {subject ? (
        <Result key={subject.number} {...subject} />
      ) : (
        <NoteInput
          onText={(text) => show('Pasted text', text)}
          onFiles={take}
          onSample={() => show('Sample note', sampleNote)}
        />
      )}
      {files ? (
        // Kept while one of the files is open: it would begin anew.
        <div hidden={subject !== undefined}>
          <BatchView files={files} onOpen={(file) => void openFile(file)} />
        </div>
      ) : null}
    </div>
  );
}

function Result({ title, text }: Subject) {
  const [view, setView] = useState('analysis');
  const { value, problem, reload } = useLoad(title, (signal) =>
    api.post<AnalyzedText>('/analyze?v2=true', { note_text: text }, { signal }),
  );
  if (problem) return <ProblemNotice problem={problem} onRetry={reload} />;
  if (value === undefined) return <Loading what="the analysis" />;
  const { v2 } = value.analysis;
  if (v2 === undefined) throw new Error('The service answered without version 2.');
  return (
    <Tabs
      label={`Views of: ${title}`}
      selected={view}
      onSelect={setView}
      views={[
        {
          id: 'analysis',
          title: 'Analysis',
          show: () => <AnalysisView text={text} answer={withV2(value, v2)} />,
        },
        {
          id: 'deidentified',
          title: 'De-identified',
          show: () => <DeidentifiedView text={text} phi={value.analysis.phi} />,
        },
      ]}
    >
      <p className="try-title">
        {title}, {text.length.toLocaleString('en')} characters
      </p>
    </Tabs>
  );
}

const withV2 = (answer: AnalyzedText, v2: AnalysisV2) => ({ ...answer, analysis: { ...answer.analysis, v2 } });
