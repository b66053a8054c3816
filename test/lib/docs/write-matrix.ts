import { writeFileSync } from 'node:fs';
import { matrixDocument } from './support/matrix-document.ts';

writeFileSync('docs/compliance/controls-matrix.md', matrixDocument());
