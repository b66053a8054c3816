import { readFileSync } from 'node:fs';

/** Whether a process does something still. One that has ended may wait for a parent that never asks. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  try {
    // Its name stands in brackets, and may hold any character. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
    return !/^.*\) [ZX]/s.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    // No /proc, which is not Linux; or it has ended in between, which the next look shows.
    return true;
  }
}
