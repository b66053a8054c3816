import { useState } from 'react';
import { api, type Problem } from '../api/client.ts';
import type { AuditEvent, AuditSearchRequest, AuditSearchResponse } from '../api/types.ts';
import { asProblem } from '../api/use-load.ts';

export interface EventSearch {
  readonly request: AuditSearchRequest;
  readonly events: readonly AuditEvent[];
  readonly nextCursor: string | undefined;
}

export interface EventSearchState {
  readonly search: EventSearch | undefined;
  readonly problem: Problem | undefined;
  readonly loading: boolean;
  readonly start: (request: AuditSearchRequest) => Promise<void>;
  readonly more: (() => void) | undefined;
}

/**
 * Searches the trail, page by page. A page is an event of its own, so the next one loads when a person asks for it.
 *
 * @param memory keeps the search while another page is shown: in memory alone, because it can name a patient
 */
export function useEventSearch(memory: { search?: EventSearch } = {}): EventSearchState {
  const [search, setSearch] = useState(memory.search);
  const [problem, setProblem] = useState<Problem>();
  const [loading, setLoading] = useState(false);
  const load = async (request: AuditSearchRequest, before?: EventSearch) => {
    setLoading(true);
    setProblem(undefined);
    try {
      const body = before === undefined ? request : { ...request, cursor: before.nextCursor };
      const page = await api.post<AuditSearchResponse>('/audit/search', body);
      const found = {
        request,
        events: [...(before?.events ?? []), ...page.events],
        nextCursor: page.next_cursor,
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
