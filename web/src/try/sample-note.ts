/** A discharge summary written for this project: the person, the places and the numbers are made up. */
export const sampleNote = `SUMMARY OF THE HOSPITAL STAY

Patient: Rosalind Hartnell    MRN: 00482917    DOB: 14/02/1951
Admitted: 3 November 2025    Discharged: 8 November 2025
Consultant: Dr A. Okafor, Larkfield General Hospital

CHIEF COMPLAINT
Three days of breathlessness and ankle swelling.

HISTORY OF PRESENT ILLNESS
Mrs Hartnell is a 74-year-old woman with known heart failure who became breathless on minimal exertion over three days. She sleeps on three pillows. She denies chest pain, palpitations and fever. No cough or haemoptysis. Her daughter noticed that she had run out of furosemide two weeks before admission. Possible pneumonia was considered in the emergency department.

PAST MEDICAL HISTORY
- Heart failure with reduced ejection fraction
- Atrial fibrillation
- Type 2 diabetes mellitus
- Chronic kidney disease stage 3b
- Appendicectomy in 1974

ALLERGIES
Penicillin - rash and facial swelling.
Codeine intolerance: nausea.

FAMILY HISTORY
Her mother had a stroke at 70. Father died of myocardial infarction.

SOCIAL HISTORY
Lives alone, one daughter nearby. Ex-smoker, 20 pack years. No alcohol.

VITAL SIGNS
BP 98/61 mmHg, HR 112 bpm, RR 24, SpO2 91% on room air, temperature 36.8 C, weight 81.4 kg.

EXAMINATION
JVP raised to the angle of the jaw. Bibasal crackles. Pitting oedema to both knees. Abdomen soft, no hepatomegaly. No calf tenderness.

RESULTS
Sodium 131 mmol/L, potassium 5.6 mmol/L, creatinine 168 umol/L (baseline 130), haemoglobin 104 g/L, CRP 12 mg/L. NT-proBNP 6,420 ng/L. Troponin negative. HbA1c 61 mmol/mol.
Chest X-ray: small bilateral pleural effusions, no consolidation. Echocardiogram: ejection fraction 32%.
Blood cultures pending at discharge.

HOSPITAL COURSE
She was treated with intravenous furosemide 80 mg twice daily and lost 6.2 kg. Pneumonia was ruled out. Ramipril was stopped because of hyperkalaemia. Bisoprolol was reduced from 10 mg to 5 mg once daily. Dapagliflozin 10 mg once daily was started. Pulmonary embolism is unlikely.

MEDICATIONS ON DISCHARGE
1. Furosemide 80 mg oral once daily (increased from 40 mg)
2. Bisoprolol 5 mg oral once daily
3. Dapagliflozin 10 mg oral once daily (new)
4. Apixaban 5 mg oral twice daily
5. Metformin 500 mg oral twice daily
STOPPED: ramipril

CODE STATUS
DNACPR in place, discussed with Mrs Hartnell and her daughter.

PLAN
1. Daily weights at home. Call the heart failure nurse if weight rises by more than 2 kg in three days.
2. Repeat potassium and creatinine in one week at the GP surgery.
3. Restart ramipril 1.25 mg once daily if potassium is below 5.0.
4. Heart failure clinic in two weeks with Dr Okafor.
5. Chase blood cultures.
6. Return to the emergency department if breathlessness worsens or chest pain develops.
`;
