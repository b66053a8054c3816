import { contract } from '@healthcare-ai/contract';
import express, { type Express } from 'express';
import type { Authenticator } from '../../identity/authenticator.ts';
import type { Sessions } from '../../identity/sessions.ts';
import type { StartLink } from '../../identity/start-link.ts';
import { handInGate, sessionGate, signOutGate } from '../gates.ts';
import type { Handling } from '../handling.ts';
import type { Route } from '../route.ts';
import { addEndpoints } from '../route-table.ts';
import { endSession, startSession, whoAmI } from '../routes/sessions.ts';
import { type PageOptions, servePage } from './serve-page.ts';

/** The page at /app and its sessions. */
export interface Page extends Pick<PageOptions, 'build' | 'signIn' | 'breakGlassMinutes'> {
  readonly sessions: Sessions;
  /** Signs the owner of a laptop in without a key; undefined elsewhere. */
  readonly startLink: StartLink | undefined;
}

export interface AddPageOptions extends Page, Pick<PageOptions, 'version' | 'headers'> {
  readonly routes: readonly Route[];
  readonly authenticator: Authenticator;
}

/** Adds the page, the routes of the API that it calls with its cookie, and sign-in and sign-out. */
export function addPage(app: Express, handling: Handling, options: AddPageOptions): void {
  const { sessions, startLink, routes, authenticator } = options;
  const { notFound, onlyRead, refuseMethod } = handling;
  const api = express.Router({ caseSensitive: true });
  const gate = sessionGate(sessions);
  const endpoints = [whoAmI, ...routes].map((route) => handling.endpoint(gate, route));
  addEndpoints(api, endpoints, refuseMethod(contract.pageApi));
  app.use(contract.pageApi, api, notFound);
  app.use('/app', servePage(options), onlyRead, notFound);
  const signing = [
    handling.endpoint(handInGate(authenticator, startLink), startSession(sessions)),
    handling.endpoint(signOutGate(sessions), endSession(sessions)),
  ];
  addEndpoints(app, signing, refuseMethod());
  app.use('/session', notFound);
}
