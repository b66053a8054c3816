import { randomBytes, randomUUID } from 'node:crypto';
import { Agent, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../../support/eventually.ts';

/** A note that a client sent, and what it was told. */
export interface SentNote {
  readonly patientId: string;
  readonly noteText: string;
  readonly idempotencyKey: string | undefined;
  /** Set once it was acknowledged. */
  auditId?: string;
  attempts: number;
}

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** A note that no other is equal to, with white space at its ends and characters of every length in UTF-8. */
export function makeNote(withKey: boolean): SentNote {
  const id = randomUUID();
  return {
    patientId: `patient-${id}`,
    noteText: ` \t${id} Größe 1,80 m, T 38.5 °C, 体温, 🫀 ${randomBytes(1200).toString('base64')}\r\n `,
    idempotencyKey: withKey ? randomUUID() : undefined,
    attempts: 0,
  };
}

/** Posts a note once. Undefined is a connection that ended without an answer. */
export function postNote(url: string, token: string, note: SentNote, agent?: Agent): Promise<Reply | undefined> {
  note.attempts += 1;
  const body = JSON.stringify({ patient_id: note.patientId, note_text: note.noteText });
  const request = url.startsWith('https:') ? httpsRequest : httpRequest;
  return new Promise((resolve) => {
    const sent = request(`${url}/ingest`, {
      method: 'POST',
      agent,
      rejectUnauthorized: false,
      headers: {
        Authorization: `Bearer ${token}`,
        'Content-Type': 'application/json',
        'Content-Length': Buffer.byteLength(body),
        ...(note.idempotencyKey && { 'Idempotency-Key': note.idempotencyKey }),
      },
    });
    sent.on('error', () => resolve(undefined));
    // Clients close a connection without an answer. The service answers within 20 seconds, or with 503.
    sent.setTimeout(45_000, () => sent.destroy());
    sent.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('error', () => resolve(undefined));
      response.on('end', () => {
        const reply = { status: response.statusCode!, headers: response.headers, text };
        if (reply.status === 200) note.auditId = JSON.parse(text).audit_id;
        resolve(reply);
      });
    });
    sent.end(body);
  });
}

export interface LoadOptions {
  /** Where the service is now; undefined while there is none. */
  readonly url: () => string | undefined;
  readonly token: string;
  /** Clients that send each note with a key, and try again with it until it is acknowledged. */
  readonly keyed: number;
  /** Clients that send each note once. */
  readonly unkeyed: number;
  /** Milliseconds between an acknowledged note and the next: without them the load uses the whole machine. @default 0 */
  readonly pause?: number;
}

/** Several clients at once, each with one request in flight over a kept connection. */
export class Load {
  readonly notes: SentNote[] = [];
  readonly replies = new Map<number | 'broken', number>();
  /** Replies that asked to try again, without telling when. */
  withoutRetryAfter = 0;
  readonly #options: LoadOptions;
  readonly #agent = new Agent({ keepAlive: true });
  readonly #clients: Promise<void>[] = [];
  #stopping = false;
  #aborted = false;

  constructor(options: LoadOptions) {
    this.#options = options;
    for (let i = 0; i < options.keyed; i++) this.#clients.push(this.#client(true));
    for (let i = 0; i < options.unkeyed; i++) this.#clients.push(this.#client(false));
  }

  acknowledged(): SentNote[] {
    return this.notes.filter(({ auditId }) => auditId !== undefined);
  }

  /** Waits until so many more notes are acknowledged. */
  async progress(count: number): Promise<void> {
    const target = this.acknowledged().length + count;
    await eventually(
      () => `${count} more notes are acknowledged: ${JSON.stringify([...this.replies])}`,
      () => this.acknowledged().length >= target,
      20,
    );
  }

  /** No new notes; resolves when those with a key are all acknowledged. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await Promise.all(this.#clients);
    this.#agent.destroy();
  }

  /** Ends the clients, whatever they wait for: for the end of a test that failed. */
  abort(): void {
    this.#stopping = true;
    this.#aborted = true;
    this.#agent.destroy();
  }

  async #client(keyed: boolean): Promise<void> {
    while (!this.#stopping) {
      if (this.#options.url() === undefined) {
        await sleep(20);
        continue;
      }
      const note = makeNote(keyed);
      this.notes.push(note);
      do await this.#attempt(note);
      while (keyed && note.auditId === undefined && !this.#aborted);
      if (this.#options.pause) await sleep(this.#options.pause);
    }
  }

  async #attempt(note: SentNote): Promise<void> {
    const url = this.#options.url();
    const reply = url && (await postNote(url, this.#options.token, note, this.#agent));
    if (reply && reply.status === 200) return this.#count(200);
    if (url) this.#count(reply ? reply.status : 'broken');
    if (reply && [409, 503].includes(reply.status) && !reply.headers['retry-after']) this.withoutRetryAfter += 1;
    await sleep(20);
  }

  #count(status: number | 'broken'): void {
    this.replies.set(status, (this.replies.get(status) ?? 0) + 1);
  }
}
