import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** Which process carries out a change. */
export interface Owner {
  /** Host and boot, so that two machines of one name differ. */
  readonly machine: string;
  readonly pid: number;
}

/** Changes with each start of a Linux kernel; elsewhere empty, and only the heartbeat decides. */
function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return '';
  }
}

export const thisProcess = (): Owner => ({ machine: `${hostname()}/${bootId()}`, pid: process.pid });

/** Whether the owner has certainly ended: true only if it was on this machine. */
export function hasEnded({ machine, pid }: Owner, here: Owner = thisProcess()): boolean {
  if (machine !== here.machine || machine.endsWith('/')) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
