import type { Prompt } from './prompt.ts';
import { promptV1_0_0 } from './v1-0-0.ts';
import { promptV2_0_0 } from './v2-0-0.ts';

export { type Prompt, promptSha256 } from './prompt.ts';

/** Every prompt that was released, the newest last. */
export const prompts: readonly Prompt[] = [promptV1_0_0, promptV2_0_0];

export const currentPrompt: Prompt = promptV2_0_0;
