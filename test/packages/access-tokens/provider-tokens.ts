import type { PresetName } from '@healthcare-ai/access-tokens';
import type { JWTHeaderParameters, JWTPayload } from 'jose';

/** The access token that a provider documents, and the smallest settings that accept it. */
export interface ProviderToken {
  readonly name: string;
  readonly preset: PresetName;
  /** Header without `alg` and `kid`. */
  readonly header: Omit<JWTHeaderParameters, 'alg'>;
  /** Claims without the times. */
  readonly claims: JWTPayload;
  readonly settings: object;
  readonly principal: { readonly name: string; readonly roles: readonly string[] };
}

const tenantId = '8f2b0c1d-6c1e-4c0e-9d3a-2b7d5a9f1e10';
const roleMap = { 'notes/write': 'integration', 'Notes.Write': 'integration', clinicians: 'clinician' };

/**
 * Shapes as the providers' documentation shows them, with invented values. `presets.ts` names the pages. None was tried
 * against the real product, except where `oidc-provider.test.ts` does so.
 */
export const providerTokens: readonly ProviderToken[] = [
  {
    name: 'Cognito, a machine with scopes of a resource server',
    preset: 'cognito',
    header: {},
    claims: {
      sub: '3n4b5urk1ft4fl3mg5e62d9ado',
      token_use: 'access',
      scope: 'notes/write notes/other',
      auth_time: 1_780_000_000,
      iss: 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCdEfGhI',
      version: 2,
      jti: '0b1c2d3e-0000-4000-8000-000000000001',
      client_id: '3n4b5urk1ft4fl3mg5e62d9ado',
    },
    settings: { clientIds: '3n4b5urk1ft4fl3mg5e62d9ado', tenant: 'north', roleMap },
    principal: { name: '3n4b5urk1ft4fl3mg5e62d9ado', roles: ['integration'] },
  },
  {
    name: 'Cognito, a person in a group',
    preset: 'cognito',
    header: {},
    claims: {
      sub: 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee',
      'cognito:groups': ['clinicians'],
      iss: 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCdEfGhI',
      client_id: '1example23456789',
      token_use: 'access',
      scope: 'openid profile',
      username: 'jdoe',
    },
    settings: { clientIds: ['1example23456789'], tenant: 'north', roleMap },
    principal: { name: 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee', roles: ['clinician'] },
  },
  {
    name: 'Entra ID v2.0, an application with an app role',
    preset: 'entra',
    header: { typ: 'JWT' },
    claims: {
      aud: '6e74172b-be56-4843-9ff4-e66a39bb12e3',
      iss: `https://login.microsoftonline.com/${tenantId}/v2.0`,
      azp: 'f2a1c0de-0000-4000-8000-000000000002',
      azpacr: '1',
      oid: '5b1f9c1a-0000-4000-8000-000000000003',
      roles: ['Notes.Write'],
      sub: '5b1f9c1a-0000-4000-8000-000000000003',
      tid: tenantId,
      uti: 'ABC',
      ver: '2.0',
    },
    settings: {
      audiences: '6e74172b-be56-4843-9ff4-e66a39bb12e3',
      tenant: { claim: '/tid', map: { [tenantId]: 'north' } },
      roleMap,
    },
    principal: { name: '5b1f9c1a-0000-4000-8000-000000000003', roles: ['integration'] },
  },
  {
    name: 'Entra ID v2.0, a person whose sub begins with a dash',
    preset: 'entra',
    header: { typ: 'JWT' },
    claims: {
      aud: '6e74172b-be56-4843-9ff4-e66a39bb12e3',
      iss: `https://login.microsoftonline.com/${tenantId}/v2.0`,
      azp: 'f2a1c0de-0000-4000-8000-000000000002',
      scp: 'Notes.Write',
      groups: ['7c1d2e3f-0000-4000-8000-000000000004'],
      sub: '-bXyZ_0123456789abcdefghijklmnopqrstuvwxyzAB',
      tid: tenantId,
      ver: '2.0',
    },
    settings: {
      audiences: '6e74172b-be56-4843-9ff4-e66a39bb12e3',
      principal: '/sub',
      tenant: 'north',
      roleMap: { '7c1d2e3f-0000-4000-8000-000000000004': 'clinician' },
    },
    principal: { name: '-bXyZ_0123456789abcdefghijklmnopqrstuvwxyzAB', roles: ['clinician'] },
  },
  {
    name: 'Entra ID v1.0',
    preset: 'entra',
    header: { typ: 'JWT' },
    claims: {
      aud: 'api://6e74172b-be56-4843-9ff4-e66a39bb12e3',
      iss: `https://sts.windows.net/${tenantId}/`,
      appid: 'f2a1c0de-0000-4000-8000-000000000002',
      oid: '5b1f9c1a-0000-4000-8000-000000000003',
      roles: ['Notes.Write'],
      sub: '5b1f9c1a-0000-4000-8000-000000000003',
      tid: tenantId,
      ver: '1.0',
    },
    settings: { audiences: 'api://6e74172b-be56-4843-9ff4-e66a39bb12e3', tenant: 'north', roleMap },
    principal: { name: '5b1f9c1a-0000-4000-8000-000000000003', roles: ['integration'] },
  },
  {
    name: 'Okta, a custom authorization server',
    preset: 'okta',
    header: {},
    claims: {
      ver: 1,
      jti: 'AT.0mP4JKAZX1iACIT4vbEDF7LpvDVjxypPMf0D7uX39RE',
      iss: 'https://example.okta.com/oauth2/ausabcdefghijklmnop5',
      aud: 'api://notes',
      sub: 'jane.doe@example.org',
      cid: 'nmdP1fcyvdVO11AL7ECm',
      uid: '00ugsjejkpmwUaFbv0g4',
      scp: ['notes/write', 'offline_access'],
    },
    settings: { audiences: 'api://notes', tenant: 'north', roleMap },
    principal: { name: '00ugsjejkpmwUaFbv0g4', roles: ['integration'] },
  },
  {
    name: 'Keycloak, roles of the realm, no audience mapper',
    preset: 'keycloak',
    header: { typ: 'JWT' },
    claims: {
      jti: '1dd2f0b6-0000-4000-8000-000000000005',
      iss: 'https://keycloak.example.org/realms/hospital',
      aud: 'account',
      sub: '2bd1f0b6-0000-4000-8000-000000000006',
      typ: 'Bearer',
      azp: 'notes-ui',
      acr: '1',
      realm_access: { roles: ['default-roles-hospital', 'offline_access', 'clinicians'] },
      resource_access: { account: { roles: ['manage-account'] } },
      scope: 'email profile',
      preferred_username: 'jdoe',
    },
    settings: { clientIds: 'notes-ui', tenant: 'north', roleMap },
    principal: { name: '2bd1f0b6-0000-4000-8000-000000000006', roles: ['clinician'] },
  },
  {
    name: 'Keycloak before 25, with a nonce and a session',
    preset: 'keycloak',
    header: { typ: 'JWT' },
    claims: {
      jti: 'd58f5dc8-0000-4000-8000-00000000000b',
      iss: 'https://keycloak.example.org/auth/realms/hospital',
      aud: 'account',
      sub: '36fa0f91-0000-4000-8000-00000000000c',
      typ: 'Bearer',
      azp: 'notes-ui',
      nonce: 'n-0S6_WzA2Mj',
      session_state: '2a88c258-0000-4000-8000-00000000000d',
      sid: '2a88c258-0000-4000-8000-00000000000d',
      acr: '1',
      'allowed-origins': ['https://notes.example.org'],
      realm_access: { roles: ['offline_access', 'uma_authorization', 'clinicians'] },
      scope: 'openid email profile',
      email_verified: true,
    },
    settings: { clientIds: 'notes-ui', tenant: 'north', roleMap },
    principal: { name: '36fa0f91-0000-4000-8000-00000000000c', roles: ['clinician'] },
  },
  {
    name: 'Keycloak, roles of a client',
    preset: 'keycloak',
    header: { typ: 'JWT' },
    claims: {
      iss: 'https://keycloak.example.org/realms/hospital',
      aud: ['notes', 'account'],
      sub: '2bd1f0b6-0000-4000-8000-000000000007',
      typ: 'Bearer',
      azp: 'lab',
      client_id: 'lab',
      resource_access: { notes: { roles: ['integration'] } },
    },
    settings: { audiences: 'notes', roles: '/resource_access/notes/roles', tenant: 'north' },
    principal: { name: '2bd1f0b6-0000-4000-8000-000000000007', roles: ['integration'] },
  },
  {
    name: 'Auth0, its own profile, permissions, two audiences',
    preset: 'auth0',
    header: { typ: 'JWT' },
    claims: {
      iss: 'https://example.auth0.com/',
      sub: 'auth0|5f7c8ec7c33c6c004bbafe82',
      aud: ['https://notes.example.org', 'https://example.auth0.com/userinfo'],
      azp: 'my_client_id',
      scope: 'openid profile',
      permissions: ['clinicians'],
    },
    settings: { audiences: 'https://notes.example.org', tenant: 'north', roleMap },
    principal: { name: 'auth0|5f7c8ec7c33c6c004bbafe82', roles: ['clinician'] },
  },
  {
    name: 'Auth0, the profile of RFC 9068, a machine',
    preset: 'auth0',
    header: { typ: 'at+jwt' },
    claims: {
      iss: 'https://example.auth0.com/',
      sub: 'awJm1UxHi8cTPdXk@clients',
      aud: 'https://notes.example.org',
      client_id: 'awJm1UxHi8cTPdXk',
      jti: 'aVRlJlCkIqrWRcCgGcsaEZ',
      scope: 'notes/write',
    },
    settings: { audiences: 'https://notes.example.org', tenant: 'north', roleMap },
    principal: { name: 'awJm1UxHi8cTPdXk@clients', roles: ['integration'] },
  },
  {
    name: 'AD FS, a person with a space in the name',
    preset: 'adfs',
    header: { typ: 'JWT' },
    claims: {
      aud: 'microsoft:identityserver:0a1b2c3d-0000-4000-8000-000000000008',
      iss: 'http://adfs.example.org/adfs/services/trust',
      apptype: 'Public',
      appid: '0a1b2c3d-0000-4000-8000-000000000009',
      authmethod: 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport',
      ver: '1.0',
      scp: 'openid',
      unique_name: 'EXAMPLE\\jane doe',
      role: ['clinicians'],
    },
    settings: {
      audiences: 'microsoft:identityserver:0a1b2c3d-0000-4000-8000-000000000008',
      tenant: 'north',
      roleMap,
    },
    principal: { name: 'EXAMPLE\\jane doe', roles: ['clinician'] },
  },
  {
    name: 'AD FS, a machine without sub',
    preset: 'adfs',
    header: { typ: 'JWT' },
    claims: {
      aud: 'microsoft:identityserver:0a1b2c3d-0000-4000-8000-000000000008',
      iss: 'http://adfs.example.org/adfs/services/trust',
      apptype: 'Confidential',
      appid: '0a1b2c3d-0000-4000-8000-00000000000a',
      ver: '1.0',
      scp: 'notes/write',
    },
    settings: {
      audiences: 'microsoft:identityserver:0a1b2c3d-0000-4000-8000-000000000008',
      tenant: 'north',
      roleMap,
    },
    principal: { name: '0a1b2c3d-0000-4000-8000-00000000000a', roles: ['integration'] },
  },
];
