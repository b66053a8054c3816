import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CloudFormationValidatePlugin } from 'aws-cdk-lib/core';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { missingServices } from '../../../lib/config/regions.ts';
import { SynthesizedStage } from '../support/stage.ts';

const everyOption = {
  'edge.certificateArn': undefined,
  'edge.hostedZone.id': 'Z0123456789ABCDEFGHIJ',
  'edge.hostedZone.name': 'example.org',
  'network.transitGateway.id': 'tgw-0123456789abcdef0',
  'network.transitGateway.cidrs': '["10.0.0.0/8"]',
  'accountBaseline.serviceLinkedRoles': 'create',
  'accountBaseline.githubOidcProvider': 'true',
};

/** Types that CloudFormation does not have in a region, of those given. */
function missingTypes(types: readonly string[], regions: readonly string[]): Map<string, string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'regions-'));
  const plugin = new CloudFormationValidatePlugin();
  try {
    const Resources = Object.fromEntries(types.map((Type, index) => [`R${index}`, { Type, Properties: {} }]));
    const stackTemplates = regions.map((region) => {
      const templatePath = join(folder, `${region}.template.json`);
      writeFileSync(templatePath, JSON.stringify({ Resources }));
      return { stackConstructPath: region, templatePath, region, accountId: undefined };
    });
    const templatePaths = stackTemplates.map(({ templatePath }) => templatePath);
    const appConstruct = new App({ analyticsReporting: false });
    const { violations } = plugin.validate({ templatePaths, stackTemplates, appConstruct });
    const found = violations.flatMap(({ description }) => {
      const match = /Resource type '(.+)' does not exist in '(.+)'/.exec(description);
      return match === null ? [] : [{ type: match[1]!, region: match[2]! }];
    });
    const byRegion = Map.groupBy(found, ({ region }) => region);
    return new Map([...byRegion].map(([region, all]) => [region, all.map(({ type }) => type).sort()]));
  } finally {
    plugin._dispose();
    rmSync(folder, { recursive: true });
  }
}

test('what CloudFormation does not have in a region is known, for every region of AWS and of GovCloud', () => {
  const regions = RegionInfo.regions.flatMap(({ name, partition }) =>
    /^(aws|aws-us-gov)$/.test(partition ?? '') ? [name] : [],
  );
  expect(regions.length).toBeGreaterThan(35);
  const { templates } = new SynthesizedStage('prod', everyOption);
  const types = new Set(
    Object.values(templates)
      .flatMap(({ Resources }) => Object.values(Resources))
      .map(({ Type }) => Type),
  );

  const missing = missingTypes([...types], regions);

  const known = regions.map((region) => [
    region,
    missingServices(region)
      .flatMap(({ types: of }) => of)
      .sort(),
  ]);
  expect(Object.fromEntries(known)).toEqual(
    Object.fromEntries(regions.map((region) => [region, missing.get(region) ?? []])),
  );
});
