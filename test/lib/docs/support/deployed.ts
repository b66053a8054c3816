import { templatesOf } from '../../../packages/cloud-policies/stage.ts';

/** Names in the templates of production that a document may tell an operator, with `prod` for `STAGE`. */
export function deployedNames() {
  const resources = templatesOf('prod').flatMap(({ body }) => Object.values(body.Resources ?? {}));
  const of = (type: string, property: string) =>
    resources.filter(({ Type }) => Type === type).map(({ Properties }) => String(Properties?.[property]));
  return {
    alarms: of('AWS::CloudWatch::Alarm', 'AlarmName'),
    descriptions: of('AWS::CloudWatch::Alarm', 'AlarmDescription'),
    queries: of('AWS::Logs::QueryDefinition', 'Name'),
  };
}
