/** A name such as `cardiology` or `ward-3b`: in lower case, so that two spellings are not two teams, and no sentence. */
const form = /^[a-z0-9][a-z0-9._-]{0,31}$/;

/** What an error says about an invalid name, without repeating it. */
export const careTeamForm = 'must be 1 to 32 lower-case letters, digits and . _ -, and begin with a letter or digit';

/** Most care teams that a key or token may name. */
export const maxCareTeams = 64;

export const isCareTeam = (text: unknown): text is string => typeof text === 'string' && form.test(text);
