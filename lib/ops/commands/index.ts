import type { OpsCommand } from '../program.ts';
import { evidenceCommand } from './evidence.ts';

/** Every command of `npm run ops`, in the order of its help: one file a command, one line here. */
export const opsCommands: readonly OpsCommand[] = [evidenceCommand];
