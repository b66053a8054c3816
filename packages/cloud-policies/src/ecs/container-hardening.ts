import { contract } from '@healthcare-ai/contract';
import type { Policy } from '../core/finding.ts';
import { absent, equals, matches, off, on, optional, present, unmet } from '../core/requirements.ts';
import { listOf, show } from '../core/template.ts';
import { containers, isOurs, isService } from './containers.ts';

const command = matches(/^dist\/[\w.-]+\.cjs(,[\w.-]+)*$/, 'a script of the image and its options');

export const containerHardening: Policy = {
  id: 'container-hardening',
  description: 'Containers run as a numbered user other than root, on a read-only root, with every capability dropped.',
  *check(assembly) {
    for (const container of containers(assembly)) {
      const { task, path } = container;
      yield* unmet(task, {
        [`${path}.ReadonlyRootFilesystem`]: on,
        [`${path}.User`]: isService(container)
          ? matches(
              new RegExp(`^${contract.user.uid}(:${contract.user.gid})?$`),
              `"${contract.user.uid}:${contract.user.gid}"`,
            )
          : matches(/^[1-9]\d*(:[1-9]\d*)?$/, 'a number other than 0'),
        [`${path}.Privileged`]: off,
        [`${path}.Interactive`]: off,
        [`${path}.PseudoTerminal`]: off,
        [`${path}.LinuxParameters.InitProcessEnabled`]: on,
        [`${path}.LinuxParameters.Capabilities.Add`]: optional({
          expected: 'nothing',
          holds: (value) => listOf(value).length === 0,
        }),
        [`${path}.LinuxParameters.Devices`]: absent,
        [`${path}.DockerSecurityOptions`]: absent,
        [`${path}.ExtraHosts`]: absent,
        [`${path}.DnsServers`]: absent,
        [`${path}.EntryPoint`]: absent,
        [`${path}.VersionConsistency`]: optional(equals('enabled')),
        [`${path}.Command`]: !isOurs(container)
          ? optional(present)
          : isService(container)
            ? optional(command)
            : command,
        [`${path}.Essential`]: optional(isService(container) ? equals(true) : equals(true, false)),
      });
      const drop = listOf(task.get(`${path}.LinuxParameters.Capabilities.Drop`));
      if (!drop.includes('ALL'))
        yield task.fault(`${path}.LinuxParameters.Capabilities.Drop`, `got ${show(drop)}; use ["ALL"]`);
    }
  },
};
