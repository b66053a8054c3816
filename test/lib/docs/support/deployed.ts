import { templatesOf } from '../../../packages/cloud-policies/stage.ts';

/** An issuer whose key set a function copies: an option of a stage that brings an alarm. */
const issuer = { issuer: 'https://x', audiences: 'a', keys: { uri: 'https://x/keys' }, tenant: 'n' };

/** Names in the templates of production that a document may give an operator, with `prod` for `STAGE`. */
export function deployedNames() {
  const resources = templatesOf('prod', { 'service.issuers': JSON.stringify([issuer]) }).flatMap(({ body }) =>
    Object.values(body.Resources ?? {}),
  );
  const of = (type: string, property: string) =>
    resources.filter(({ Type }) => Type === type).map(({ Properties }) => String(Properties?.[property]));
  return {
    alarms: of('AWS::CloudWatch::Alarm', 'AlarmName'),
    descriptions: of('AWS::CloudWatch::Alarm', 'AlarmDescription'),
    queries: of('AWS::Logs::QueryDefinition', 'Name'),
  };
}
