import { useEffect, useRef, useState } from 'react';
import { api, type Problem } from './client.ts';
import { asProblem } from './use-load.ts';

/** One search, and the pages of its answer that were asked for. */
export interface PagedSearch<Criteria, Page> {
  readonly criteria: Criteria;
  readonly pages: readonly Page[];
}

export interface SearchState<Criteria, Page> {
  readonly search: PagedSearch<Criteria, Page> | undefined;
  readonly problem: Problem | undefined;
  readonly loading: boolean;
  readonly start: (criteria: Criteria) => Promise<void>;
  /** Loads the next page; undefined where there is none. */
  readonly more: (() => void) | undefined;
}

/**
 * Searches page by page. Each page is an audit event, so the next one loads only when a person asks for it. The answer to
 * an earlier search never replaces that to a later one.
 *
 * @param memory keeps the search while another page is shown: in memory alone, because it can name a patient
 */
export function useSearch<Criteria extends object, Page extends { readonly next_cursor?: string }>(
  path: string,
  memory: { search?: PagedSearch<Criteria, Page> } = {},
): SearchState<Criteria, Page> {
  const [search, setSearch] = useState(memory.search);
  const [problem, setProblem] = useState<Problem>();
  const [loading, setLoading] = useState(false);
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  const load = async (criteria: Criteria, before?: PagedSearch<Criteria, Page>) => {
    running.current?.abort();
    const controller = new AbortController();
    const { signal } = controller;
    running.current = controller;
    setLoading(true);
    setProblem(undefined);
    // What another search found must not stand under these criteria.
    if (JSON.stringify(criteria) !== JSON.stringify(search?.criteria)) setSearch(undefined);
    try {
      const cursor = before?.pages.at(-1)?.next_cursor;
      const page = await api.post<Page>(path, { ...criteria, cursor }, { signal });
      if (signal.aborted) return;
      memory.search = { criteria, pages: [...(before?.pages ?? []), page] };
      setSearch(memory.search);
    } catch (error) {
      if (signal.aborted) return;
      setProblem(asProblem(error));
    }
    setLoading(false);
  };
  return {
    search,
    problem,
    loading,
    start: (criteria) => load(criteria),
    more: search?.pages.at(-1)?.next_cursor === undefined ? undefined : () => void load(search.criteria, search),
  };
}
