import type { ControlFamily } from '../control.ts';
import { workforceAndAccess } from './administrative-access.ts';
import { awarenessAndIncidents } from './administrative-awareness.ts';
import { securityManagement } from './administrative-management.ts';
import { checklistCompliance } from './checklist-compliance.ts';
import { checklistMonitoring } from './checklist-monitoring.ts';
import { checklistSecurity } from './checklist-security.ts';
import { checklistSupport } from './checklist-support.ts';
import { checklistTesting } from './checklist-testing.ts';
import { contingencyPlan } from './contingency.ts';
import { documentationRequirements } from './documentation.ts';
import { physicalSafeguards } from './physical.ts';
import { accessControl } from './technical-access.ts';
import { auditAndIntegrity } from './technical-audit.ts';
import { authenticationAndTransmission } from './technical-transmission.ts';

/** The whole matrix, in the order in which it is printed. */
export const controlFamilies: readonly ControlFamily[] = [
  accessControl,
  auditAndIntegrity,
  authenticationAndTransmission,
  securityManagement,
  workforceAndAccess,
  awarenessAndIncidents,
  contingencyPlan,
  physicalSafeguards,
  documentationRequirements,
  checklistSecurity,
  checklistCompliance,
  checklistMonitoring,
  checklistTesting,
  checklistSupport,
];
