import type { SignInEndpoints } from '@healthcare-ai/access-tokens/sign-in';
import type { RequestHandler, Response } from 'express';
import { sessionLimits } from '../../identity/sessions.ts';
import { contextOf } from '../handling.ts';
import type { PageConfig } from '../schemas/session.ts';
import type { PageBuild, PageFile } from './build.ts';

/** How people sign in: with an API key, or at an identity provider. */
export type SignIn = 'api-key' | SignInEndpoints;

export interface PageOptions {
  /** Undefined where the page was not built: its configuration is served alone. */
  readonly build: PageBuild | undefined;
  readonly signIn: SignIn;
  /** The page says it on the button before somebody breaks the glass. */
  readonly breakGlassMinutes: number;
  readonly version: string;
  /** Headers of every answer of the service, as name, value, name, value. */
  readonly headers: readonly string[];
}

/**
 * Nothing inline and nothing from elsewhere. `trusted-types 'none'` stops every sink that would read markup from a note.
 *
 * @param connect origins beside its own that the page may call
 */
const policy = (styleHashes: readonly string[], connect: readonly string[]): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    ['style-src', "'self'", ...styleHashes.map((one) => `'${one}'`)].join(' '),
    ['connect-src', "'self'", ...connect].join(' '),
    "img-src 'self' data:",
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');

const IMMUTABLE = 'public, max-age=31536000, immutable';

/** Serves the page from memory, to be mounted at `/app`, behind its API. */
export function servePage({ build, signIn, breakGlassMinutes, version, headers }: PageOptions): RequestHandler {
  const { styleHashes = [] } = build ?? {};
  const issuer = signIn === 'api-key' ? [] : [new URL(signIn.tokenEndpoint).origin];
  const pagePolicy = policy(styleHashes, []);
  // The one document that may call the issuer; it is left by a navigation, so no script of the page can.
  const signInPolicy = policy(styleHashes, issuer);
  const config: PageFile = {
    type: 'application/json; charset=utf-8',
    body: Buffer.from(
      JSON.stringify({
        version,
        sign_in: describe(signIn),
        idle_minutes: sessionLimits.idle / 60_000,
        break_glass_minutes: breakGlassMinutes,
      } satisfies PageConfig),
    ),
  };

  const send = (response: Response, file: PageFile, accepted: string | undefined, own: Record<string, string>) => {
    const [encoding, body] = encodingOf(file, accepted ?? '');
    const all = { ...Object.fromEntries(pairs(headers)), ...own };
    response.writeHead(200, {
      ...all,
      'X-Request-Id': contextOf(response).requestId,
      Vary: 'Accept-Encoding',
      ...(encoding && { 'Content-Encoding': encoding }),
      'Content-Type': file.type,
      'Content-Length': body.length,
    });
    response.end(body);
  };

  return (request, response, next) => {
    const context = contextOf(response);
    context.route = '/app';
    if (request.method !== 'GET' && request.method !== 'HEAD') return next();
    const { path } = request;
    const accepted = request.headers['accept-encoding'];
    if (path === '/config.json') {
      context.route = '/app/config.json';
      return send(response, config, accepted, {});
    }
    if (!build) return next();
    if (path === '/' && !request.originalUrl.split('?', 1)[0]!.endsWith('/')) {
      // Without the slash the page's relative addresses would miss its folder.
      response.writeHead(308, [
        ...headers,
        'X-Request-Id',
        context.requestId,
        'Location',
        'app/',
        'Content-Length',
        '0',
      ]);
      response.end();
      return;
    }
    if (path.startsWith('/assets/')) {
      const asset = build.assets.get(path.slice('/assets/'.length));
      if (!asset) return next();
      context.route = '/app/assets';
      return send(response, asset, accepted, { 'Cache-Control': IMMUTABLE });
    }
    if (path === '/signin') {
      context.route = '/app/signin';
      return send(response, build.signIn, accepted, { 'Content-Security-Policy': signInPolicy });
    }
    // Every other address is one of the page's own, whose script shows it or says that it does not exist.
    const page = build.routes.find(({ pattern }) => pattern.test(path))?.file ?? build.index;
    return send(response, page, accepted, { 'Content-Security-Policy': pagePolicy });
  };
}

const describe = (signIn: SignIn): PageConfig['sign_in'] =>
  signIn === 'api-key'
    ? { mode: 'api-key' }
    : {
        mode: 'oidc',
        authorization_endpoint: signIn.authorizationEndpoint,
        token_endpoint: signIn.tokenEndpoint,
        end_session_endpoint: signIn.endSessionEndpoint,
        client_id: signIn.clientId,
        scope: signIn.scope,
      };

/** Brotli where the client takes it, then gzip. */
function encodingOf(file: PageFile, accepted: string): readonly [string | undefined, Buffer] {
  const takes = (name: string) =>
    accepted.split(',').some((one) => new RegExp(`^\\s*${name}\\s*(;(?!\\s*q=0(\\.0*)?\\s*$).*)?$`, 'i').test(one));
  if (file.br && takes('br')) return ['br', file.br];
  if (file.gzip && takes('gzip')) return ['gzip', file.gzip];
  return [undefined, file.body];
}

const pairs = (flat: readonly string[]): [string, string][] =>
  Array.from({ length: flat.length / 2 }, (_, index) => [flat[2 * index]!, flat[2 * index + 1]!]);
