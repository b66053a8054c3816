import type { OpsCommand } from '../program.ts';
import { backupCommand } from './backup.ts';
import { destroyCommand } from './destroy.ts';
import { doctorCommand } from './doctor.ts';
import { driftCommand } from './drift.ts';
import { keysCommand } from './keys.ts';
import { logsCommand } from './logs.ts';
import { restartCommand, rollbackCommand, rolloutCommand } from './rollout.ts';
import { scaleCommand } from './scale.ts';
import { statusCommand } from './status.ts';

/** Every command of `npm run ops`, in the order of its help: one line for each. */
export const opsCommands: readonly OpsCommand[] = [
  statusCommand,
  rolloutCommand,
  rollbackCommand,
  scaleCommand,
  restartCommand,
  logsCommand,
  doctorCommand,
  driftCommand,
  keysCommand,
  backupCommand,
  destroyCommand,
];
