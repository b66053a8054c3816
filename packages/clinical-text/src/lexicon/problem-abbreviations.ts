import type { OtherMeaning } from './other-meanings.ts';
import { words } from './words.ts';

/** Abbreviations of problems that mean nothing else in a note, in any case. */
export const problemAbbreviations: readonly string[] = words(`
  nstemi stemi acs hfref hfpef hfmref chf ccf lvf t2dm t1dm dm2 dm1 t2d t1d niddm iddm dka hhs lrti urti aki ckd esrd esrf
  copd aecopd ipf osa pna vte dvt cva tia sah sdh svt nsvt afib cad ihd pvd htn hld gord gerd ibd ibs nafld masld hcc ugib lgib sbo pud bph luts
  utis uti pyelo gdm hellp pcos ptsd ocd adhd mdd bpad tbi gbs sle hiv aids mrsa cauti clabsi ards nsclc sclc dlbcl itp ttp
  dyspnoea sob orthopnoea bppv rbbb lbbb siadh mnd vre esbl pph aph soboe sobar iecopd coad puo lvsd rvsd tloc hocm crps cteph nph eupd mgus hus jia masld avnrt psvt lrtis pnd palps h/a n/v n&v n/v/d lbp loc brbpr gtcs avh
`);

/** The same, but ordinary words or other things in small letters: read in capitals alone. */
export const capitalAbbreviations: readonly string[] = words(`
  CP HA RA PE MI AF HF DM GAD OA RTI TB CF PD GIB SI HI VT VF IE SSTI AAA CVD DJD DDD DOE NVD FTT AMS ICH IDA UC PMR GCA BV PID STI STD PAD NASH
  CAP HAP NOF BCC SCC DIC MCI PMB IMB ASD VSD PDA PFO AVM AVN PBC PSC AIH IUGR FGR NEC RDS TTN
  ILD PAF AML CML CLL DIC HIT SIRS MDS VAP PIH ARF
`);
/** Read as what they are only where these do not stand before them or touch them: "96% RA" is room air, "the ED" a department. */
export const abbreviationExceptions: Readonly<Record<string, OtherMeaning>> = {
  ra: { before: words('% on to at from off sats'), after: words('sats sat pressure') },
  ha: { before: ['the'], after: words('injection injections filler') },
  pe: { before: words('general the on'), after: words('exam : normal unremarkable findings notable shows') },
  si: { before: [], after: words('joint joints unit units') },
  cp: { before: words('child pugh'), after: words('angle angles score class') },
  gad: { before: ['anti', 'decarboxylase'], after: words('antibody antibodies 7 65') },
  cva: { before: [], after: words('tenderness angle tender') },
  cap: { before: words('ice knee bottle nail fibrous mob a the'), after: words('refill of on') },
  asd: { before: [], after: words('assessment pathway') },
  pda: { before: words('lad rca lcx'), after: words('lesion stent territory') },
  pd: { before: [], after: words('exchange exchanges catheter') },
  // Tenderness to palpation.
  ttp: {
    before: words(
      'abdomen abd belly diffusely mildly minimally exquisitely moderately very not non no focally is mild moderate severe spine joint',
    ),
    after: words(
      'rlq llq ruq luq over along of epigastric epigastrium suprapubic diffusely throughout midline paraspinal bilaterally lower upper left right without no',
    ),
  },
};
