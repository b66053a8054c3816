import type { AuditAction, AuditEventDraft } from '@healthcare-ai/audit-trail/format/event';
import type { Committer } from '../../audit/committer.ts';
import { IvSource, type NoteContent, open } from '../../crypto/envelope.ts';
import type { Keyring } from '../../crypto/keyring.ts';
import { sealText } from '../../crypto/sealed-text.ts';
import { timeOfUuidV7 } from '../../ids/uuid-v7.ts';
import { errorFields, type Logger } from '../../telemetry/log.ts';
import type { Metrics } from '../../telemetry/metrics.ts';
import { type AnalysisError, asAnalysisError } from '../analysis-error.ts';
import type { EngineSource } from '../engine-source.ts';
import { patientOptions } from '../patient-options.ts';
import { type AnalysisReport, type ModelUsage, reviewReasons, storedReport } from '../report.ts';
import { analysisBinding } from '../stored-analysis.ts';
import type { AnalysisQueue } from './analysis-queue.ts';
import { finishWriter, type JobEnd } from './finish-writer.ts';
import { type ClaimedJob, type Job, renewEvery } from './job.ts';
import { retryDelay } from './retry-delay.ts';

export interface AnalysisRunnerOptions {
  readonly queue: AnalysisQueue;
  /** Writes the ends of jobs; not the one that takes notes in, so that they wait for nothing here. */
  readonly committer: Committer;
  readonly keyring: Keyring;
  readonly engines: EngineSource;
  readonly log: Logger;
  readonly metrics: Metrics;
  /** Attempts before a job is given up. */
  readonly maxAttempts: number;
}

/** How the trail records an attempt: the requester and the request, or the worker. */
export interface RunEvent extends Omit<AuditEventDraft, 'action' | 'outcome' | 'recordedAt'> {
  readonly action: AuditAction;
}

export type RunResult =
  | { readonly report: AnalysisReport; readonly error?: undefined }
  | { readonly report?: undefined; readonly error: AnalysisError };

/** Makes one attempt at a job that this process holds, and writes its end. */
export class AnalysisRunner {
  readonly #options: AnalysisRunnerOptions;
  readonly #ivs = new IvSource();

  constructor(options: AnalysisRunnerOptions) {
    this.#options = options;
  }

  /**
   * Opens the note of a job and makes an attempt at it.
   *
   * @throws DatabaseUnavailableError when its end could not be written: the lease ends by itself
   */
  async runClaimed(job: ClaimedJob, signal: AbortSignal): Promise<RunResult> {
    const event: RunEvent = {
      action: 'note.analyze',
      tenant: job.tenant,
      principal: job.principal,
      auditId: job.auditId,
      patientRef: job.patientRef,
      patientRefVersion: job.patientRefVersion,
    };
    let content: NoteContent;
    try {
      const key = await this.#options.keyring.byId(job.keyId);
      content = open(job.sealed, job, key);
    } catch (error) {
      this.#options.log.error('note_not_opened', { audit_id: job.auditId, ...errorFields(error) });
      return this.#failed(job, asAnalysisError(error), event);
    }
    return this.run(job, content, event, signal);
  }

  /** @throws DatabaseUnavailableError when its end could not be written: the lease ends by itself */
  async run(job: Job, content: NoteContent, event: RunEvent, signal?: AbortSignal): Promise<RunResult> {
    const { engines, metrics } = this.#options;
    // All previous attempts crashed their worker; give up.
    if (job.attempts > this.#options.maxAttempts) {
      return this.#failed(job, asAnalysisError(undefined), event);
    }
    const started = performance.now();
    const renewing = setInterval(() => void this.#options.queue.renew([job]).catch(() => {}), renewEvery);
    try {
      let report: AnalysisReport;
      try {
        const engine = await engines.engine();
        const patient = patientOptions(job.tenant, content.patientId, this.#options.keyring);
        // The day of the note, not of the attempt: a later analysis of the same note reads its dates alike.
        const referenceDate = timeOfUuidV7(job.auditId)?.toISOString().slice(0, 10);
        report = await engine.analyze(content.noteText, { ...patient, referenceDate, schema: 2, signal });
      } catch (error) {
        return await this.#failed(job, asAnalysisError(error), event);
      }
      const kept = await this.#finish(job, await this.#done(job, report), { ...event, outcome: 'success' });
      const seconds = (performance.now() - started) / 1000;
      const reasons = reviewReasons(report);
      metrics.report('analyses', 1, !kept ? 'lost' : reasons.length > 0 ? 'needs_review' : 'done');
      metrics.report('analysisDuration', seconds);
      if (report.model) reportUsage(metrics, report.model.usage);
      return { report };
    } finally {
      clearInterval(renewing);
    }
  }

  async #done(job: Job, report: AnalysisReport): Promise<JobEnd> {
    const { id: keyId, key } = this.#options.keyring.current();
    return {
      status: 'done',
      engine: report.engine,
      engineVersion: report.version,
      rulesSha256: report.rulePackSha256,
      needsReview: reviewReasons(report).length > 0,
      keyId,
      sealed: await sealText(JSON.stringify(storedReport(report)), analysisBinding({ ...job, keyId }), key, this.#ivs),
    };
  }

  async #failed(job: Job, error: AnalysisError, event: RunEvent): Promise<RunResult> {
    const dead = error.final || job.attempts >= this.#options.maxAttempts;
    const again = !dead || !error.counts;
    const delay = error.code === 'stopped' ? 0 : retryDelay(job.attempts, error.counts, Math.random());
    const end: JobEnd = again
      ? { status: 'queued', failure: error.code, delay, counts: error.counts }
      : { status: 'dead', failure: error.code };
    await this.#finish(job, end, { ...event, outcome: 'failure', reason: error.code });
    const { log, metrics } = this.#options;
    log.warn(again ? 'analysis_postponed' : 'analysis_given_up', {
      audit_id: job.auditId,
      attempt: job.attempts,
      reason: error.code,
      ...(again ? { delay_ms: Math.round(delay) } : {}),
      ...errorFields(error.cause ?? error),
    });
    metrics.report('analyses', 1, again ? 'retry' : 'dead');
    return { error };
  }

  #finish(job: Job, end: JobEnd, event: Omit<AuditEventDraft, 'recordedAt'>): Promise<boolean> {
    return this.#options.committer.submit(finishWriter, {
      job,
      end,
      event: { ...event, recordedAt: new Date().toISOString() },
    });
  }
}

function reportUsage(metrics: Metrics, usage: ModelUsage): void {
  metrics.report('modelTokens', usage.inputTokens, 'input');
  metrics.report('modelTokens', usage.outputTokens, 'output');
  // Null without configured prices.
  if (usage.cost !== null) metrics.report('modelCost', usage.cost);
}
