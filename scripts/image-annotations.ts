import { contract } from '@healthcare-ai/contract';
import { annotationsOf } from '@healthcare-ai/ops/rollout/image';

// For who builds the image without `npm run deploy`: a rollback refuses an image that does not say which schema it has.
for (const [name, value] of Object.entries(annotationsOf(contract.database.schema))) {
  process.stdout.write(`${name}=${value}\n`);
}
