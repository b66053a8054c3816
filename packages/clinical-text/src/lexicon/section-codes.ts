import type { SectionLabel } from '../engine.ts';

/** LOINC codes of section types. See NOTICE. */
export const sectionCodes: Readonly<Partial<Record<SectionLabel, string>>> = {
  'chief-complaint': '10154-3',
  'history-of-present-illness': '10164-2',
  'past-medical-history': '11348-0',
  'family-history': '10157-6',
  'social-history': '29762-2',
  medications: '10160-0',
  allergies: '48765-2',
  'review-of-systems': '10187-3',
  'physical-exam': '29545-1',
  vitals: '8716-3',
  results: '30954-2',
  laboratory: '30954-2',
  assessment: '51848-0',
  plan: '18776-5',
  'assessment-and-plan': '51847-2',
  'hospital-course': '8648-8',
};
