import type { ControlFamily } from '../control.ts';
import { administrative } from './administrative.ts';
import { checklist } from './checklist.ts';
import { physicalAndDocumentation } from './physical-and-documentation.ts';
import { technical } from './technical.ts';

/** The whole matrix, in the order in which it is printed. */
export const controlFamilies: readonly ControlFamily[] = [
  ...technical,
  ...administrative,
  ...physicalAndDocumentation,
  ...checklist,
];
