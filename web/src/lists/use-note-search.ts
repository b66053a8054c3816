import { useState } from 'react';
import { api, type Problem } from '../api/client.ts';
import type { NoteSearchRequest, NoteSearchResponse } from '../api/types.ts';
import { asProblem } from '../api/use-load.ts';

/** One search and the pages of it that were asked for. */
export interface NoteSearch {
  readonly request: Partial<NoteSearchRequest>;
  readonly notes: NoteSearchResponse['notes'];
  readonly nextCursor: string | undefined;
  readonly withheld: boolean;
}

export interface NoteSearchState {
  readonly search: NoteSearch | undefined;
  readonly problem: Problem | undefined;
  readonly loading: boolean;
  readonly start: (request: Partial<NoteSearchRequest>) => Promise<void>;
  readonly more: (() => void) | undefined;
}

/**
 * Searches for notes, page by page. Each page is an audit event, so the next one loads only when a person asks for it.
 *
 * @param memory keeps the search while another page is shown: in memory alone, because it can name a patient
 */
export function useNoteSearch(memory: { search?: NoteSearch } = {}): NoteSearchState {
  const [search, setSearch] = useState(memory.search);
  const [problem, setProblem] = useState<Problem>();
  const [loading, setLoading] = useState(false);
  const load = async (request: Partial<NoteSearchRequest>, before?: NoteSearch) => {
    setLoading(true);
    setProblem(undefined);
    try {
      const body = before === undefined ? request : { ...request, cursor: before.nextCursor };
      const page = await api.post<NoteSearchResponse>('/notes/search', body);
      const found = {
        request,
        notes: [...(before?.notes ?? []), ...page.notes],
        nextCursor: page.next_cursor,
        withheld: page.withheld,
      };
      memory.search = found;
      setSearch(found);
    } catch (error) {
      setProblem(asProblem(error));
    }
    setLoading(false);
  };
  return {
    search,
    problem,
    loading,
    start: (request) => load(request),
    more: search?.nextCursor === undefined ? undefined : () => void load(search.request, search),
  };
}
