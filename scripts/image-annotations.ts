import { annotationsOf } from '../lib/ops/rollout/image.ts';
import { contract } from '../service/src/contract.ts';

// For who builds the image without `npm run deploy`: a rollback refuses an image that does not say which schema it has.
for (const [name, value] of Object.entries(annotationsOf(contract.database.schema))) {
  process.stdout.write(`${name}=${value}\n`);
}
