/**
 * Preloaded into a service by `tail.ts`: for each round trip to PostgreSQL, how long it took, and of that how long the
 * backend and the thread of the event loop ran, and waited for a core. SIGUSR2 begins a recording, and ends it.
 *
 * https://docs.kernel.org/scheduler/sched-stats.html#proc-pid-schedstat
 */
const { openSync, readFileSync, readSync, writeFileSync } = require('node:fs');
const { Socket } = require('node:net');
const { Server } = require('node:http');
const { PerformanceObserver } = require('node:perf_hooks');
const { isMainThread } = require('node:worker_threads');

/** @returns ms that a task ran, and ms that it waited for a core while it could run */
function schedule(file) {
  const buffer = Buffer.alloc(128);
  const [ran, waited] = buffer.latin1Slice(0, readSync(file, buffer, 0, 128, 0)).split(' ');
  return { ran: Number(ran) / 1e6, waited: Number(waited) / 1e6 };
}

function record(file, postgresPort) {
  const loop = openSync(`/proc/self/task/${process.pid}/schedstat`, 'r');
  /** By the local port of the connection. */
  const backends = new Map();
  let recording;

  const write = Socket.prototype._writeGeneric;
  Socket.prototype._writeGeneric = function (...args) {
    const backend = recording && this.remotePort === postgresPort ? backends.get(this.localPort) : undefined;
    if (backend !== undefined) {
      if (!this.tail) this.prependListener('data', () => end(this, backend));
      this.tail ??= {};
      this.tail.begun ??= { at: performance.now(), loop: schedule(loop), backend: schedule(backend) };
    }
    return write.apply(this, args);
  };
  function end(socket, backend) {
    const { begun } = socket.tail;
    socket.tail.begun = undefined;
    if (!begun || !recording) return;
    const [loopNow, backendNow] = [schedule(loop), schedule(backend)];
    recording.trips.push({
      took: performance.now() - begun.at,
      loopWaited: loopNow.waited - begun.loop.waited,
      loopRan: loopNow.ran - begun.loop.ran,
      backendWaited: backendNow.waited - begun.backend.waited,
      backendRan: backendNow.ran - begun.backend.ran,
    });
  }

  const emit = Server.prototype.emit;
  Server.prototype.emit = function (name, ...args) {
    if (recording && name === 'request') {
      const begun = performance.now();
      args[1].once('finish', () => recording?.requests.push(performance.now() - begun));
    }
    return emit.call(this, name, ...args);
  };
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) recording?.collections.push(duration);
  }).observe({ entryTypes: ['gc'] });

  process.on('SIGUSR2', () => {
    if (recording) {
      writeFileSync(file, JSON.stringify(recording));
      recording = undefined;
      return;
    }
    for (const [port, pid] of JSON.parse(readFileSync(`${file}.backends`, 'utf8'))) {
      if (!backends.has(port)) backends.set(port, openSync(`/proc/${pid}/schedstat`, 'r'));
    }
    recording = { trips: [], requests: [], collections: [] };
  });
}

if (isMainThread && process.env.TAIL_FILE) record(process.env.TAIL_FILE, Number(process.env.TAIL_POSTGRES_PORT));
