import { phrases } from './words.ts';

/** Ways of life: what is said of them is of the history, whatever the tense. */
export const habits: readonly string[] = phrases(`
  alcohol, alcohol use, alcohol abuse, etoh, tobacco, tobacco use, tobacco abuse, smoking, smoker, smokes, smoked, nonsmoker,
  non-smoker, cigarettes, cigarette, cigars, drug use, drug abuse, drugs of abuse, illicit drug, illicit drug use, illicit drugs,
  recreational drugs, intravenous drug use, iv drug use, substance abuse, drinks, drinking, marijuana, cocaine, heroin
`);

/** Quiet, lasting conditions and childhood diseases: a line that names nothing else is an entry of a history list. */
export const backgroundConditions: readonly string[] = phrases(`
  hypertension, htn, hyperlipidemia, hyperlipidaemia, dyslipidemia, hypercholesterolemia, increased cholesterol,
  elevated cholesterol, high cholesterol, diabetes, diabetes mellitus, type 2 diabetes, type ii diabetes, type 1 diabetes,
  type 2 diabetes mellitus, type ii diabetes mellitus, adult-onset diabetes mellitus, non-insulin-dependent diabetes mellitus,
  hypothyroidism, hyperthyroidism, osteoporosis, osteopenia, osteoarthritis, arthritis, rheumatoid arthritis, gout, cataract,
  cataracts, glaucoma, macular degeneration, atrial fibrillation, coronary artery disease, chf, schizophrenia,
  bipolar disorder, depression, anxiety, psychiatric history, obesity, gerd, gastroesophageal reflux disease, asthma,
  measles, mumps, varicella, chickenpox, rubella, scarlet fever, rheumatic fever, polio, bph, benign prostatic hypertrophy,
  benign prostatic hyperplasia, vitiligo, psoriasis, migraine headaches, sleep apnea, obstructive sleep apnea,
  degenerative joint disease, herniated disk, herniated disks, fibromyalgia, pulmonary hypertension, seizure disorder,
  tonsillectomy, appendectomy, cholecystectomy, hysterectomy, history
`);
