import type { Finding } from '../core/finding.ts';

/** One line: `error healthcare-ai/alb-listener-tls dev/Service Listener SslPolicy: got ...; use ...`. */
export function line({ severity, gate, rule, template, resource, property, message }: Finding): string {
  const place = [template, resource, property].filter((part) => part !== '').join(' ');
  return `${severity} ${gate}/${rule} ${place}${place === '' ? '' : ': '}${message}`.replaceAll(/\s+/g, ' ');
}

/** What all gates found, for people. */
export function report(findings: readonly Finding[], templates: number): string {
  const summary =
    findings.length === 0 ? 'no findings' : `${findings.length} finding${findings.length === 1 ? '' : 's'}`;
  return [...findings.map(line), `${summary} in ${templates} template${templates === 1 ? '' : 's'}`].join('\n');
}
