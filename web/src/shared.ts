/**
 * What most pages need. Every entry point and every lazy part imports this file, so that esbuild puts all of it into
 * one file: by itself, it makes one for each set of parts that share a module, and a visit loaded ten of 200 bytes.
 */
import 'react';
import 'react/jsx-runtime';
import 'react-dom/client';
import './api/use-load.ts';
import './api/use-search.ts';
import './in-sight.ts';
import './match-path.ts';
import './router.tsx';
import './session/session.tsx';
import './ui/button.tsx';
import './ui/empty-state.tsx';
import './ui/field.tsx';
import './ui/loading.tsx';
import './ui/problem-notice.tsx';
import './ui/tabs.tsx';
import './ui/time.tsx';
