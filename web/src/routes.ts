import type { ComponentType } from 'react';
import type { Session } from './api/types.ts';

export interface PageProps {
  /** The parts of the path that the route names. */
  readonly params: Readonly<Record<string, string>>;
}

export interface PageRoute {
  readonly path: string;
  /** Also the title of the document: never an identifier or a word of a note. */
  readonly title: string;
  /** Needed to see the page. */
  readonly permission: Session['permissions'][number];
  /** Shown in the navigation. */
  readonly navigation?: string;
  readonly load: () => Promise<{ readonly default: ComponentType<PageProps> }>;
}

/** Every page, in the order of the navigation. The first that a person may see is the one at `/app/`. */
export const routes: readonly PageRoute[] = [
  {
    path: '/app',
    title: 'Work list',
    permission: 'note.search',
    navigation: 'Work list',
    load: () => import('./lists/work-list-page.tsx'),
  },
  {
    path: '/app/patients',
    title: 'Patients',
    permission: 'note.search',
    navigation: 'Patients',
    load: () => import('./lists/patients-page.tsx'),
  },
  {
    path: '/app/notes/:id',
    title: 'Note',
    permission: 'note.read',
    load: () => import('./note/note-page.tsx'),
  },
  {
    path: '/app/try',
    title: 'Try a note',
    permission: 'text.analyze',
    navigation: 'Try a note',
    load: () => import('./try/try-page.tsx'),
  },
  {
    path: '/app/audit',
    title: 'Audit trail',
    permission: 'audit.search',
    navigation: 'Audit trail',
    load: () => import('./audit/audit-page.tsx'),
  },
  {
    path: '/app/audit/notes/:id',
    title: 'Events of a note',
    permission: 'audit.read',
    load: () => import('./audit/note-trail-page.tsx'),
  },
];

const loaded = new Map<PageRoute, ComponentType<PageProps>>();

/** Loads the code of a page. */
export async function loadPage(route: PageRoute): Promise<void> {
  const { default: page } = await route.load();
  loaded.set(route, page);
}

/** Undefined while the code is not loaded. */
export const loadedPage = (route: PageRoute): ComponentType<PageProps> | undefined => loaded.get(route);
