import { phrases, words } from './words.ts';

export const severities = {
  mild: phrases('mild, mildly, slight, slightly, minor, minimal, trace, low-grade, low grade'),
  moderate: phrases('moderate, moderately, moderately severe, mild to moderate, mild-to-moderate'),
  severe: phrases(
    'severe, severely, marked, massive, profound, intense, excruciating, worst, critical, moderate to severe, severe to very severe, life-threatening, crushing, extensive',
  ),
} as const;

export const sides = {
  left: phrases('left, lt, left-sided, left sided, left sided'),
  right: phrases('right, rt, right-sided, right sided'),
  bilateral: phrases('bilateral, bilaterally, both, b/l, bibasal, bibasilar'),
} as const;
/** In capitals alone. */
export const sideLetters = { L: 'left', R: 'right' } as const;

export const courses: readonly string[] = phrases(`
  acute, subacute, chronic, acute on chronic, worsening, improving, progressive, progressively worsening, recurrent, persistent, intermittent, stable,
  unchanged, new, new onset, new-onset, sudden, sudden onset, gradual, ongoing, relapsing, resolving, exacerbation of, increasing, decreasing, constant, long-standing, longstanding
`);

/** After the mention: "is worsening", "has improved". */
export const coursesAfter: readonly string[] = phrases(`
  worsening, is worsening, has worsened, worse, is worse, getting worse, improving, is improving, has improved, better, is better, getting better, stable, is stable, unchanged, well controlled,
  well-controlled, is well controlled, poorly controlled, uncontrolled, in remission, persists, has persisted, recurrent, intermittent, exacerbation, flare
`);

/** Where a problem is. */
export const bodySites: readonly string[] = words(`
  head scalp face forehead eye eyes eyelid ear ears nose sinus sinuses mouth lip lips tongue gum tooth teeth jaw throat neck thyroid chest breast breasts lung lungs heart rib ribs sternum back
  flank abdomen belly stomach epigastrium liver spleen pancreas bowel colon rectum anus groin pelvis bladder kidney kidneys prostate testicle testis scrotum penis uterus ovary vagina vulva cervix
  shoulder shoulders arm arms elbow elbows forearm wrist wrists hand hands finger fingers thumb hip hips thigh thighs leg legs knee knees calf calves shin ankle ankles foot feet heel toe toes
  skin spine brain artery vein nerve node nodes bone bones joint joints extremity extremities buttock sacrum tailbone axilla clavicle humerus radius ulna femur tibia fibula patella
  lobe base bases apex abdominal thoracic lumbar cervical sacral cranial facial nasal ocular oral pleural pulmonary cardiac renal hepatic biliary gastric duodenal ileal colonic rectal pelvic femoral
  popliteal carotid aortic mitral tricuspid vertebral epigastric suprapubic rlq llq ruq luq rll lll rul lul rml
`);

/** Found on examination. */
export const signWords: readonly string[] = phrases(`
  murmur, murmurs, rub, rubs, gallop, gallops, rales, rhonchi, crackles, stridor, clubbing, jvd, jugular venous distention, cyanosis, tenderness, guarding, rebound, rebound tenderness, edema, oedema,
  pedal edema, hepatomegaly, splenomegaly, hepatosplenomegaly, organomegaly, thyromegaly, lymphadenopathy, adenopathy, effusion, crepitus, wheeze, wheezes, bruit, bruits, erythema, pallor, jaundice,
  icterus, petechiae, ecchymosis, nystagmus, ptosis, ataxia, tachycardia, bradycardia, tachypnea, hypotension, hypoxia, deformity, ascites, rash, mass, masses
`);
