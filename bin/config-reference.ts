#!/usr/bin/env node
import { writeFileSync } from 'node:fs';
import { configurationReference } from '../lib/config/reference.ts';
import { stages } from '../lib/config/stages.ts';

writeFileSync('docs/configuration-aws.md', configurationReference(stages));
