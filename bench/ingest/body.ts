/** A clinical note of 2 kB, written for this benchmark. */
export const noteText = `
CHIEF COMPLAINT: Shortness of breath.

HISTORY OF PRESENT ILLNESS: The patient is a 64-year-old woman with type 2 diabetes, hypertension and stage 3 chronic
kidney disease, who presents with three days of worsening dyspnea on exertion and ankle swelling. She denies chest pain,
palpitations, fever or cough. She sleeps on three pillows since last week. She ran out of furosemide ten days ago.

MEDICATIONS: Metformin 500 mg twice daily. Lisinopril 20 mg once daily. Atorvastatin 40 mg at bedtime. Furosemide 40 mg
once daily, not taken for ten days. No known drug allergies.

PHYSICAL EXAM: Blood pressure 152/94, heart rate 96, respiratory rate 22, oxygen saturation 93 % on room air, weight
84 kg, up 5 kg since September. Jugular veins distended to the jaw at 45 degrees. Crackles in both lung bases. No
murmur. Abdomen soft, not tender. Pitting edema to the knees on both sides.

RESULTS: BNP 1,240 pg/mL. Creatinine 1.6 mg/dL, baseline 1.5. Potassium 4.4 mmol/L. Troponin negative twice. ECG with
sinus rhythm and no new changes. Chest radiograph with pulmonary vascular congestion and small effusions.

ASSESSMENT AND PLAN: Acute on chronic heart failure, after furosemide was interrupted. Start furosemide 40 mg intravenously
twice daily, weigh daily, restrict salt, check electrolytes tomorrow. Hold metformin while creatinine is watched. Echo-
cardiogram in the morning. Continue lisinopril and atorvastatin. The patient understands the plan and agrees with it, and
will call the clinic about a renewal of her prescription before she goes home. Follow-up in the heart failure clinic
within seven days of discharge, with a telephone call on the third day. Call for weight gain of more than two pounds a day.

Signed by the attending physician. Greater than thirty minutes were spent on this visit and on the coordination of care
with the pharmacy, the dietitian, the visiting nurse and the family, who asked about a low-salt diet.
`.slice(0, 2048);

export const body = JSON.stringify({ patient_id: 'patient-0001', note_text: noteText });
