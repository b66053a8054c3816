import { contract } from '@healthcare-ai/contract';

/** What a principal may do. A route names the one it needs; there is no route without. */
export type Permission =
  | 'note.create'
  | 'note.read'
  | 'note.search'
  | 'note.analyze'
  | 'note.summarize'
  | 'note.deidentify'
  | 'break-glass.open'
  | 'break-glass.read'
  | 'break-glass.review'
  | 'text.analyze'
  | 'audit.read'
  | 'audit.search'
  | 'audit.export';

export type Role = (typeof contract.roles)[number];

/**
 * `integration` writes, and receives the analysis of the text that it sends; `clinician` writes and reads, and
 * may break the glass; `auditor` reads the audit trail, and why a glass was broken; `admin` manages keys (by command) and reads no notes.
 */
export const permissions: Readonly<Record<Role, readonly Permission[]>> = {
  integration: ['note.create', 'note.summarize', 'note.deidentify', 'text.analyze'],
  clinician: [
    'note.create',
    'note.read',
    'note.search',
    'note.analyze',
    'note.summarize',
    'note.deidentify',
    'text.analyze',
    'break-glass.open',
  ],
  auditor: ['audit.read', 'audit.search', 'audit.export', 'break-glass.read', 'break-glass.review'],
  admin: [],
};

export const roles: readonly Role[] = contract.roles;

export const isRole = (text: unknown): text is Role => roles.includes(text as Role);

/** Who a request comes from, once that is proved. */
export interface Principal {
  /** Unique in the tenant: the principal of an API key, or what the issuer of a token calls it. */
  readonly name: string;
  readonly tenant: string;
  readonly roles: readonly Role[];
  /** Care teams whose notes it reads; those of no team are read by every clinician of the tenant. */
  readonly careTeams: readonly string[];
}

/** Deny by default: a principal may do what one of its roles grants, and nothing else. */
export const mayDo = (principal: Principal, permission: Permission): boolean =>
  principal.roles.some((role) => permissions[role].includes(permission));

/** Names of tenants, and of the principals of API keys: short, and safe in logs, headers and SQL. */
export const isName = (text: unknown): text is string =>
  typeof text === 'string' && /^[A-Za-z0-9][A-Za-z0-9._:@/|-]{0,127}$/.test(text);
