import { hash } from 'node:crypto';
import { genesisHash } from '@healthcare-ai/audit-trail/format/chain';
import { type AuditAction, type AuditEventDraft, eventText } from '@healthcare-ai/audit-trail/format/event';
import type { Random } from './random.ts';

const actions: readonly AuditAction[] = ['note.create', 'note.read', 'note.search', 'authenticate', 'request'];

/** A lane of a task: it writes one chain, until it stops or its process is killed. */
export class Writer {
  readonly chain: string;
  /** Texts of the events that no checkpoint covers yet. */
  readonly pending: string[] = [];
  #seq = 0;
  #head: string;

  constructor(random: Random, now: number) {
    this.chain = random.uuid();
    this.#head = genesisHash(this.chain);
    this.#add({ action: 'chain.start', outcome: 'success', recordedAt: new Date(now).toISOString() });
  }

  write(random: Random, now: number): void {
    const action = random.pick(actions);
    this.#add({
      action,
      outcome: random.chance(0.1) ? 'denied' : 'success',
      recordedAt: new Date(now).toISOString(),
      principal: random.pick(['ehr', 'dr. Ørsted', '医師', 'auditor']),
      tenant: random.pick(['north', 'south']),
      roles: [random.pick(['clinician', 'integration'])],
      auditId: action.startsWith('note') ? random.uuid() : undefined,
      patientRef: action.startsWith('note') ? random.bytes(32) : undefined,
      patientRefVersion: action.startsWith('note') ? 1 : undefined,
      method: 'POST',
      route: '/ingest',
      status: 200,
      source: `10.0.0.${random.below(256)}`,
      requestId: random.uuid(),
      count: random.chance(0.2) ? random.below(100) : undefined,
    });
  }

  end(now: number): void {
    this.#add({ action: 'chain.end', outcome: 'success', recordedAt: new Date(now).toISOString() });
  }

  #add(draft: AuditEventDraft): void {
    this.#seq += 1;
    const text = eventText(draft, this.chain, this.#seq, this.#head);
    this.#head = hash('sha256', text);
    this.pending.push(text);
  }
}
