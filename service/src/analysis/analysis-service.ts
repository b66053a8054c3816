import { randomUUID } from 'node:crypto';
import type { AuditAction } from '@healthcare-ai/audit-trail/format/event';
import type { AnalysisOptions, Deidentified } from '@healthcare-ai/clinical-text/engine';
import type { Committer } from '../audit/committer.ts';
import { patientReference } from '../crypto/keyed-hash.ts';
import type { Keyring } from '../crypto/keyring.ts';
import type { Database } from '../database/database.ts';
import { NotFoundError } from '../notes/access/access-errors.ts';
import type { NoteAccess } from '../notes/access/note-access.ts';
import { type Actor, eventBy } from '../notes/actor.ts';
import type { IngestInput, NoteService, Receipt } from '../notes/note-service.ts';
import { errorFields, type Logger } from '../telemetry/log.ts';
import type { AnalysisFailure } from './analysis-error.ts';
import type { EngineSource } from './engine-source.ts';
import { patientOptions } from './patient-options.ts';
import type { AnalysisRunner, RunEvent } from './queue/analysis-runner.ts';
import type { Job } from './queue/job.ts';
import { requestWriter } from './queue/request-writer.ts';
import { type AnalysisReport, reportV1, type StoredReport, storedReport } from './report.ts';
import { readAnalysis, type StoredAnalysis } from './stored-analysis.ts';

export interface AnalysisServiceOptions {
  readonly database: Database;
  readonly committer: Committer;
  readonly keyring: Keyring;
  readonly notes: NoteService;
  readonly access: NoteAccess;
  readonly engines: EngineSource;
  readonly runner: AnalysisRunner;
  readonly log: Logger;
  /** Called when a job was queued, so that a worker in this process need not wait for its next look. */
  readonly onQueued: () => void;
}

export interface Summarized {
  readonly receipt: Receipt;
  /** Undefined when the engine failed: the note is stored, and its analysis stays queued. */
  readonly report?: AnalysisReport;
  readonly failure?: AnalysisFailure | 'not-yet';
  readonly seconds: number;
}

export interface DeidentifyInput
  extends Pick<AnalysisOptions, 'locale' | 'referenceDate' | 'known' | 'keep' | 'remove'> {
  readonly noteText: string;
  readonly patientId?: string;
  readonly mode: NonNullable<AnalysisOptions['mode']>;
  readonly replacement: NonNullable<AnalysisOptions['replacement']>;
  /** Needs a patient. */
  readonly shiftDates: boolean;
}

/** Analyses on request. Every call commits its audit event before it resolves. */
export class AnalysisService {
  readonly #options: AnalysisServiceOptions;

  constructor(options: AnalysisServiceOptions) {
    this.#options = options;
  }

  /**
   * Analyses a stored note. The rules take milliseconds, so they are asked at once; a model takes seconds and may be
   * throttled, so its work is queued, where it outlives this process.
   *
   * @throws NotFoundError when the tenant has no such note
   * @throws CareTeamError when the note belongs to another care team and no grant allows access
   */
  async request(auditId: string, actor: Actor): Promise<StoredAnalysis> {
    const { access, committer, engines, notes, runner } = this.#options;
    const note = await notes.open(auditId, actor.principal.tenant);
    const breakGlass = note && (await access.admit(note, actor, 'note.analyze'));
    const engine = await engines.engine();
    const lease = engines.remote ? undefined : randomUUID();
    const outcome = await committer.submit(requestWriter, {
      auditId,
      tenant: actor.principal.tenant,
      principal: actor.principal.name,
      lease,
      rulesSha256: engine.rulePackSha256,
      event: eventBy(actor, { action: 'note.analyze', outcome: 'success', auditId, breakGlass }),
    });
    if (outcome.kind === 'not-found') throw new NotFoundError();
    if (outcome.kind === 'taken' && lease === undefined) this.#options.onQueued();
    if (outcome.kind === 'taken' && lease !== undefined && note) {
      const job = jobOf(note, actor, outcome.attempts, lease);
      await runner.run(job, note.content, { ...runEvent(job, actor, 'note.analyze'), breakGlass });
    }
    const found = await this.#read(auditId, actor.principal.tenant);
    if (!found) throw new NotFoundError();
    return found;
  }

  /**
   * @throws NotFoundError when the tenant has no such note, or its analysis was not requested
   * @throws CareTeamError when the note belongs to another care team and no grant allows access
   */
  async read(auditId: string, actor: Actor): Promise<StoredAnalysis> {
    const found = await this.#read(auditId, actor.principal.tenant);
    const breakGlass = found && (await this.#options.access.admit(found, actor, 'note.analysis.read'));
    await this.#recordRead(auditId, found, actor, breakGlass);
    if (!found) throw new NotFoundError();
    return found;
  }

  /**
   * The finished analysis of a note by the current rules or prompt. Checks no access and records no event: disclose it only
   * with the note, after `NoteService.read`.
   *
   * @returns undefined also for an analysis that cannot be opened, so that the note can be read all the same
   */
  async current(auditId: string, tenant: string): Promise<StoredReport | undefined> {
    const { engines, log } = this.#options;
    try {
      const { report } = (await this.#read(auditId, tenant)) ?? {};
      if (report?.v2 === undefined) return undefined;
      const { rulePackSha256 } = await engines.engine();
      return report.rulePackSha256 === rulePackSha256 ? report : undefined;
    } catch (error) {
      log.warn('analysis_not_opened', { audit_id: auditId, ...errorFields(error) });
      return undefined;
    }
  }

  async #recordRead(
    auditId: string,
    found: StoredAnalysis | undefined,
    actor: Actor,
    breakGlass?: string,
  ): Promise<void> {
    await this.#options.committer.record(
      eventBy(actor, {
        action: 'note.analysis.read',
        outcome: found ? 'success' : 'failure',
        auditId,
        breakGlass,
        patientRef: found?.patientRef,
        patientRefVersion: found?.patientRefVersion,
        reason: found ? undefined : 'not-found',
        status: found ? (found.status === 'done' || found.status === 'dead' ? 200 : 202) : 404,
      }),
    );
  }

  /**
   * Stores a note as `ingest` does, and summarises it at once. The job is stored with the note, held by this process:
   * should this process end, or the engine fail, the workers take it up.
   *
   * @throws what `NoteService.ingest` throws, before the note is stored; nothing after it
   */
  async summarize(input: IngestInput, actor: Actor): Promise<Summarized> {
    const { notes, runner } = this.#options;
    const started = performance.now();
    const seconds = () => (performance.now() - started) / 1000;
    const lease = randomUUID();
    const receipt = await notes.ingest({ ...input, analysis: { lease } }, actor);
    try {
      if (!receipt.note) return { ...(await this.#summaryBefore(receipt, actor)), seconds: seconds() };
      const job = jobOf(receipt.note, actor, 1, lease);
      const event = { ...runEvent(job, actor, 'note.summarize'), status: 200 };
      const { report, error } = await runner.run(job, input, event);
      return { receipt, report, failure: error?.code, seconds: seconds() };
    } catch (error) {
      this.#options.log.warn('analysis_end_not_written', { audit_id: receipt.auditId, ...errorFields(error) });
      // The note is acknowledged, whatever became of its summary; when the lease ends, a worker makes it.
      return { receipt, failure: 'engine-error', seconds: seconds() };
    }
  }

  /**
   * Analyses a text that is not stored. By the rules in this process, so that the text does not leave it.
   *
   * @param options `schema` 2 adds data model version 2
   */
  async analyzeText(
    noteText: string,
    { referenceDate = isoDay(new Date()), schema }: Pick<AnalysisOptions, 'referenceDate' | 'schema'>,
    actor: Actor,
  ): Promise<StoredReport> {
    const rules = await this.#options.engines.rules();
    const report = await rules.analyze(noteText, { referenceDate, schema });
    await this.#options.committer.record(eventBy(actor, { action: 'note.analyze', outcome: 'success', status: 200 }));
    return storedReport(report);
  }

  /** Stores nothing. By the rules in this process, so that the text does not leave it. */
  async deidentify(input: DeidentifyInput, actor: Actor): Promise<{ engine: AnalysisReport; result: Deidentified }> {
    const { committer, engines, keyring } = this.#options;
    const rules = await engines.rules();
    const { noteText, patientId, shiftDates, referenceDate = isoDay(new Date()), ...options } = input;
    // Without a patient the surrogates are for this text alone: a public seed would let an attacker guess names.
    const { dateShiftDays, surrogateSeed } =
      patientId === undefined
        ? { dateShiftDays: undefined, surrogateSeed: randomUUID() }
        : patientOptions(actor.principal.tenant, patientId, keyring);
    const engine = await rules.analyze(noteText, {
      ...options,
      referenceDate,
      surrogateSeed,
      dateShiftDays: shiftDates ? dateShiftDays : undefined,
    });
    const index = keyring.indexKeys()[0]!;
    await committer.record(
      eventBy(actor, {
        action: 'note.deidentify',
        outcome: 'success',
        patientRef: patientId === undefined ? undefined : patientReference(actor.principal.tenant, patientId, index),
        patientRefVersion: patientId === undefined ? undefined : index.version,
        status: 200,
      }),
    );
    return { engine, result: engine.deidentified };
  }

  /**
   * The same request was stored before: its summary is read, not made again. By who sent it, with the same text, so that
   * no care team is checked: it informs a sender about what was just sent.
   */
  async #summaryBefore(receipt: Receipt, actor: Actor): Promise<Omit<Summarized, 'seconds'>> {
    const found = await this.#read(receipt.auditId, actor.principal.tenant);
    await this.#recordRead(receipt.auditId, found, actor);
    const report = found?.report && reportV1(found.report);
    return { receipt, report, failure: report ? undefined : 'not-yet' };
  }

  #read(auditId: string, tenant: string): Promise<StoredAnalysis | undefined> {
    return readAnalysis(this.#options.database, this.#options.keyring, tenant, auditId);
  }
}

/** The analysis of a note by this process, at the request of an actor. */
const jobOf = (
  { auditId, patientRef, patientRefVersion, careTeam }: Omit<Job, 'tenant' | 'principal' | 'attempts' | 'lease'>,
  { principal: { tenant, name: principal } }: Actor,
  attempts: number,
  lease: string,
): Job => ({ auditId, patientRef, patientRefVersion, careTeam, tenant, principal, attempts, lease });

const runEvent = ({ auditId, patientRef, patientRefVersion }: Job, actor: Actor, action: AuditAction): RunEvent => ({
  ...actor.event,
  ...{ auditId, patientRef, patientRefVersion, action },
});

const isoDay = (date: Date): string => date.toISOString().slice(0, 10);
