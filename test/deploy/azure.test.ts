import * as mappers from '@azure/arm-containerinstance/dist-esm/src/models/mappers.js';
import { shipped, yaml } from './support/files.ts';

interface Mapper {
  readonly serializedName?: string;
  readonly required?: boolean;
  readonly readOnly?: boolean;
  readonly type: {
    readonly name: string;
    readonly className?: string;
    readonly allowedValues?: readonly unknown[];
    readonly element?: Mapper;
    readonly value?: Mapper;
    readonly modelProperties?: Readonly<Record<string, Mapper>>;
  };
}

const all = mappers as unknown as Readonly<Record<string, Mapper>>;
const scalar: Readonly<Record<string, string>> = { String: 'string', Number: 'number', Boolean: 'boolean' };

/** What Azure's own serializer would not know, or would miss: it writes the requests of the REST API from these maps. */
function faultsOf(value: unknown, { type }: Mapper, path = ''): string[] {
  if (type.name === 'Sequence') {
    return (value as unknown[]).flatMap((item, index) => faultsOf(item, type.element!, `${path}[${index}]`));
  }
  if (type.name === 'Dictionary') {
    return Object.entries(value as object).flatMap(([key, item]) => faultsOf(item, type.value!, `${path}.${key}`));
  }
  if (type.name !== 'Composite') {
    const wanted = scalar[type.name];
    return wanted === undefined || typeof value === wanted ? [] : [`${path} must be a ${wanted}`];
  }
  const properties = Object.values(type.modelProperties ?? all[type.className!]!.type.modelProperties!);
  const faults: string[] = [];
  const walk = (node: Record<string, unknown>, prefix: string, at: string) => {
    for (const [key, item] of Object.entries(node)) {
      const name = prefix + key;
      const mapper = properties.find(({ serializedName }) => serializedName === name);
      if (mapper?.readOnly) faults.push(`${at}.${key} can only be read`);
      else if (mapper) faults.push(...faultsOf(item, mapper, `${at}.${key}`));
      // What the SDK flattens is nested in the request: "properties.containers".
      else if (properties.some(({ serializedName }) => serializedName?.startsWith(`${name}.`))) {
        walk(item as Record<string, unknown>, `${name}.`, `${at}.${key}`);
      } else faults.push(`${at}.${key} is unknown`);
    }
  };
  walk(value as Record<string, unknown>, '', path);
  for (const { serializedName, required } of properties) {
    const found = serializedName!
      .split('.')
      .reduce<unknown>((node, key) => (node as Record<string, unknown>)?.[key], value);
    if (required && found === undefined) faults.push(`${path}.${serializedName} is missing`);
  }
  return faults;
}

/** `apiVersion` belongs to the command, `name` and `type` to the address of the resource. */
function group(): Record<string, unknown> {
  const { apiVersion, name, type, ...rest } = yaml(shipped('azure/container-group.yaml'));
  expect(type).toBe('Microsoft.ContainerInstance/containerGroups');
  expect(apiVersion).toBe('2023-05-01');
  expect(name).toBeDefined();
  return rest;
}

describe("the container group and Azure's published types", () => {
  test('agree', () => {
    expect(faultsOf(group(), all.ContainerGroup!)).toEqual([]);
  });

  test('a misspelt key, a missing key and a wrong type are refused', () => {
    const copy = JSON.parse(JSON.stringify(group()));
    const container = copy.properties.containers[0].properties;
    container.readyProbe = container.readinessProbe;
    container.resources.requests.cpu = '2';
    delete container.image;
    expect(faultsOf(copy, all.ContainerGroup!)).toEqual([
      '.properties.containers[0].properties.resources.requests.cpu must be a number',
      '.properties.containers[0].properties.readyProbe is unknown',
      '.properties.containers[0].properties.image is missing',
    ]);
  });

  test('it has a private address: nothing stands in front of a public one', () => {
    expect((group().properties as { ipAddress: { type: string } }).ipAddress.type).toBe('Private');
  });
});
