import type { Policy } from '../core/finding.ts';
import type { Resource } from '../core/resource.ts';
import { containers } from './containers.ts';

/** A parameter that CloudFormation reads from SSM, or that admits nothing but a digest. */
function holdsDigest(task: Resource, name: string): boolean {
  const parameter = task.template.body.Parameters?.[name];
  return (
    parameter !== undefined &&
    (String(parameter.Type).startsWith('AWS::SSM::Parameter::Value') ||
      /\^sha256:/.test(String(parameter.AllowedPattern)))
  );
}

export const containerImage: Policy = {
  id: 'container-image',
  description: 'Images are named by digest: a tag is whatever somebody pushed last.',
  *check(assembly) {
    for (const { task, path, body } of containers(assembly)) {
      const image = task.render(body.Image);
      const digest = /@(.+)$/.exec(image)?.[1] ?? '';
      const parameter = /^\$\{(\w+)\}$/.exec(digest)?.[1];
      const pinned = /^sha256:[0-9a-f]{64}$/.test(digest) || (parameter !== undefined && holdsDigest(task, parameter));
      if (!pinned) yield task.fault(`${path}.Image`, `got ${image}; use repository@sha256:...`);
      // Only a named agent of another publisher comes from elsewhere, and then by a literal digest.
      const ours =
        assembly.mentioned(image).some(({ type }) => type === 'AWS::ECR::Repository') || /\.dkr\.ecr\./.test(image);
      if (!ours && parameter !== undefined)
        yield task.fault(`${path}.Image`, `got ${image}; use the repository of this deployment`);
    }
  },
};
