import type { KnownPeople, KnownPerson } from '@healthcare-ai/clinical-text/engine';
import type { AnalysisService } from '../../analysis/analysis-service.ts';
import { defineRoute } from '../route.ts';
import { type DeidentifyRequest, deidentifyRequest, deidentifyResponse } from '../schemas/deidentify.ts';
import { snakeCase } from '../snake-case.ts';

/** Replaces the identifiers in a text. */
export const deidentifyRoute = (analyses: AnalysisService, maxNoteLength: number) =>
  defineRoute({
    method: 'POST',
    path: '/deidentify',
    permission: 'note.deidentify',
    action: 'note.deidentify',
    body: deidentifyRequest(maxNoteLength),
    documentation: {
      operationId: 'deidentify',
      summary: 'Replace the identifiers in a text',
      description:
        'Stores nothing, and sends nothing anywhere: it is done by the rules in this process, whatever the engine of ' +
        'analysis is. Assistance for a person who checks the result, not a certification under 45 CFR 164.514(b).',
      tag: 'Analysis',
      response: deidentifyResponse,
    },
    async handle({ actor, body }) {
      const { known_identifiers: known, ...rest } = body;
      const { engine, result } = await analyses.deidentify(
        {
          noteText: rest.note_text,
          patientId: rest.patient_id,
          mode: rest.mode,
          replacement: rest.replacement,
          shiftDates: rest.dates === undefined ? rest.patient_id !== undefined : rest.dates === 'shift',
          locale: rest.locale,
          referenceDate: rest.reference_date,
          known: known && knownPeople(known),
          keep: rest.keep,
          remove: rest.remove,
        },
        actor,
      );
      return {
        status: 200,
        body: {
          deidentified: snakeCase(result),
          engine: engine.engine,
          version: engine.version,
          rule_pack_sha256: engine.rulePackSha256,
        },
      };
    },
  });

type KnownIdentifiers = NonNullable<DeidentifyRequest['known_identifiers']>;
type KnownRequestPerson = NonNullable<KnownIdentifiers['patient']>;

const knownPeople = ({ patient, others, staff }: KnownIdentifiers): KnownPeople => ({
  patient: patient && knownPerson(patient),
  others: others?.map(knownPerson),
  staff,
});

const knownPerson = ({ birth_date: birthDate, addresses, ...person }: KnownRequestPerson): KnownPerson => ({
  ...person,
  birthDate,
  addresses: addresses?.map(({ postal_code: postalCode, ...address }) => ({ ...address, postalCode })),
});
