import { type Stage, startStage } from '../support/stage.ts';

/** Text of ours, with a person, a date, a denied finding, doses and an abnormal value. */
export const note = `CHIEF COMPLAINT: Chest pain.
HISTORY: Ms. Ottilie Vandersloot, a 67-year-old woman, denies fever. Seen on 03/14/2026.
MEDICATIONS: metoprolol 25 mg by mouth twice daily.
VITALS: BP 182/104, pulse 88.
PLAN: Increase metoprolol to 50 mg twice daily. Follow up in two weeks.`;

const keys = {
  clinician: { roles: ['clinician'] },
  integration: { roles: ['integration'] },
  auditor: { roles: ['auditor'] },
  south: { tenant: 'south', principal: 'clinician', roles: ['clinician'] },
};

export type AnalysisKey = keyof typeof keys;

/** A service with the rules as its engine, and a key of each role that analyses. */
export const startAnalysisStage = (): Promise<Stage<AnalysisKey>> => startStage({ keys });
