import { createRoot } from 'react-dom/client';
import { SignedOut } from './session/signed-out.tsx';
import { Shell } from './shell.tsx';

const signedOut = location.pathname === '/app/signed-out';
createRoot(document.getElementById('root')!).render(signedOut ? <SignedOut /> : <Shell />);
