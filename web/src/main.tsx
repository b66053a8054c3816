import './shared.ts';
import { createRoot } from 'react-dom/client';
import { inSight } from './in-sight.ts';
import { matchPath } from './match-path.ts';
import { loadPage, routes } from './routes.ts';
import { SignedOut } from './session/signed-out.tsx';
import { Shell } from './shell.tsx';

// The code of the page loads while the session is asked for. A failure is reported where the page is shown.
const route = routes.find(({ path }) => matchPath(path, location.pathname));
if (route) loadPage(route).catch(() => undefined);
await inSight();
const signedOut = location.pathname === '/app/signed-out';
createRoot(document.getElementById('root')!).render(signedOut ? <SignedOut /> : <Shell />);
