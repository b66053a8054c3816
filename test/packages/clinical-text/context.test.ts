import { EmbeddedEngine } from '@healthcare-ai/clinical-text/embedded-engine';

const engine = new EmbeddedEngine();
const of = (sentence: string, concept: string) => {
  const start = sentence.indexOf(concept);
  return engine.assertionOf(sentence, start, start + concept.length);
};

describe('negation', () => {
  test.each([
    ['The patient denies chest pain.', 'chest pain'],
    ['No fever, chills, or night sweats.', 'night sweats'],
    ['There is no evidence of acute fracture.', 'fracture'],
    ['NO ACUTE FRACTURES SEEN.', 'ACUTE FRACTURES'],
    ['Pneumonia was ruled out.', 'Pneumonia'],
    ['Rebound tenderness: none.', 'Rebound tenderness'],
    ['She is negative for diabetes.', 'diabetes'],
    ['Her cough has resolved.', 'cough'],
  ])('%s', (sentence, concept) => {
    expect(of(sentence, concept).negation).toBe('negated');
  });

  test.each([
    ['The patient has chest pain.', 'chest pain'],
    ['He denies nausea but has vomiting.', 'vomiting'],
    ['No relief of the headache with ibuprofen.', 'headache'],
    ['Myocardial infarction could not be ruled out.', 'Myocardial infarction'],
    ['No change in the pleural effusion.', 'pleural effusion'],
    ['Abdominal pain, no fever.', 'Abdominal pain'],
    ['COMPLICATIONS: None PLAN: biopsy for colitis', 'colitis'],
    ['Positive for dyspnea, no cough.', 'dyspnea'],
  ])('is not seen where there is none: %s', (sentence, concept) => {
    expect(of(sentence, concept).negation).toBe('affirmed');
  });

  test('does not reach from one sentence into the next', () => {
    expect(of('No fever. Cough for three days.', 'Cough').negation).toBe('affirmed');
  });
});

describe('temporality', () => {
  test.each([
    ['She has a history of asthma.', 'asthma', 'historical'],
    ['PAST MEDICAL HISTORY: Significant for gout and COPD.', 'COPD', 'historical'],
    ['Status post CABG.', 'Status post CABG', 'historical'],
    ['He smokes cigarettes.', 'smokes cigarettes', 'historical'],
    ['Return if you have fever or chills.', 'fever', 'hypothetical'],
    ['She should call if the swelling worsens.', 'swelling', 'hypothetical'],
    ['He presents with a three day history of cough.', 'cough', 'recent'],
    ['CLINICAL HISTORY: History of breast cancer.', 'breast cancer', 'recent'],
    ['History of diabetes, presents with chest pain.', 'chest pain', 'recent'],
  ])('%s: %s is %s', (sentence, concept, expected) => {
    expect(of(sentence, concept).temporality).toBe(expected);
  });
});

describe('experiencer and certainty', () => {
  test.each([
    ['Mother had breast cancer.', 'breast cancer', 'other'],
    ['Family history of colon cancer.', 'colon cancer', 'other'],
    ['There is diabetes in the family.', 'diabetes', 'other'],
    ['Her mother reports that she has a fever.', 'fever', 'patient'],
    ['He lives with his father and has asthma.', 'asthma', 'patient'],
  ])('%s', (sentence, concept, expected) => {
    expect(of(sentence, concept).experiencer).toBe(expected);
  });

  test.each([
    ['Possible pneumonia.', 'pneumonia', 'uncertain'],
    ['Findings are suspicious for malignancy.', 'malignancy', 'uncertain'],
    ['Pneumonia is likely.', 'Pneumonia', 'uncertain'],
    ['She has pneumonia.', 'pneumonia', 'certain'],
  ])('%s', (sentence, concept, expected) => {
    expect(of(sentence, concept).certainty).toBe(expected);
  });
});

test('a place that holds no word is refused without quoting the text', () => {
  expect(() => engine.assertionOf('', 0, 1)).toThrow(RangeError);
});
