import { equals, matches, propertyPolicy } from '../core/requirements.ts';

export const oidcProvider = propertyPolicy({
  id: 'oidc-provider',
  description: "The account trusts one identity provider, GitHub's, for tokens that were made for AWS.",
  types: ['AWS::IAM::OIDCProvider'],
  require: {
    Url: equals('https://token.actions.githubusercontent.com'),
    ClientIdList: matches(/^sts\.amazonaws\.com$/, '["sts.amazonaws.com"]'),
  },
});
