import { api } from '../api/client.ts';
import type { Note } from '../api/types.ts';
import { useLoad } from '../api/use-load.ts';
import type { PageProps } from '../routes.ts';
import { Loading } from '../ui/loading.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';

/** A note with its analysis. */
export default function NotePage({ params }: PageProps) {
  const {
    value: note,
    problem,
    reload,
  } = useLoad(params.id!, (signal) => api.get<Note>(`/notes/${params.id}`, { signal }));
  if (problem) return <ProblemNotice problem={problem} onRetry={reload} />;
  if (note === undefined) return <Loading what="the note" />;
  return <article className="note-text">{note.note_text}</article>;
}
