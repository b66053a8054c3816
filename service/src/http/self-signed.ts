import { webcrypto } from 'node:crypto';
import type { TlsMaterial } from './server.ts';

/**
 * Makes a key and a certificate for this process: load balancers encrypt to their targets and do not check who they
 * are. https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html
 */
export async function selfSigned(now: Date = new Date()): Promise<TlsMaterial> {
  // x509's dependency injection needs the polyfill first. https://www.npmjs.com/package/@peculiar/x509
  await import('reflect-metadata');
  const x509 = await import('@peculiar/x509');
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned(
    {
      name: 'CN=healthcare-ai',
      keys,
      signingAlgorithm: algorithm,
      notBefore: new Date(now.getTime() - 60_000),
      // A task lives for days; a year outlives any that was forgotten.
      notAfter: new Date(now.getTime() + 365 * 86_400_000),
      extensions: [
        new x509.SubjectAlternativeNameExtension([
          { type: 'dns', value: 'localhost' },
          { type: 'ip', value: '127.0.0.1' },
        ]),
      ],
    },
    webcrypto,
  );
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  const key = `-----BEGIN PRIVATE KEY-----\n${pkcs8.replaceAll(/(.{64})/g, '$1\n')}\n-----END PRIVATE KEY-----\n`;
  return { cert: certificate.toString('pem'), key };
}
