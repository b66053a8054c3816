/** The sample note of the page: one text for the first minute of a newcomer and for the tests. */
export { sampleNote } from '../../../web/src/try/sample-note.ts';
