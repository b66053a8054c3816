import { phrases, words } from './words.ts';

/** Month names by language: a moved date is written in the language it was read in. */
export const monthNames: Readonly<Record<'en' | 'de', readonly string[]>> = {
  en: words('january february march april may june july august september october november december'),
  de: words('januar februar märz april mai juni juli august september oktober november dezember'),
};

export const monthAbbreviations: Readonly<Record<'en' | 'de', readonly string[]>> = {
  en: words('jan feb mar apr may jun jul aug sep oct nov dec'),
  de: words('jan feb mrz apr mai jun jul aug sep okt nov dez'),
};

/** Other spellings, with the number of the month. */
export const monthSpellings: Readonly<Record<string, number>> = { sept: 9, jänner: 1, feber: 2, maerz: 3, mär: 3 };

/** Also an everyday word or an abbreviation of medicine: in small letters a month only with more evidence. */
export const ambiguousMonths: readonly string[] = words('may march mar dec sep jan jun oct nov aug apr feb jul mai');

/** Day numbers as words: "the third of March". */
export const ordinalWords: readonly string[] = words(`
  first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth
  seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth twenty-fifth
  twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first
`);

/** Days with a name. With a year, or beside moved dates, they give a date away. */
export const namedDays: readonly string[] = phrases(`
  christmas, christmas day, christmas eve, xmas, boxing day, new year, new year's, new year's day, new year's eve, easter, easter sunday, easter monday,
  good friday, thanksgiving, thanksgiving day, halloween, labor day, labour day, memorial day, independence day, veterans day, presidents day,
  columbus day, valentine's day, mother's day, father's day, st patrick's day, saint patrick's day, bank holiday, ramadan, eid, diwali, hanukkah,
  passover, yom kippur, rosh hashanah, canada day, victoria day, australia day, anzac day, lent, pentecost, whitsun, ostern, weihnachten, pfingsten,
  silvester, bonfire night, burns night, groundhog day, juneteenth, martin luther king day, mlk day, fourth of july
`);

export const seasons: readonly string[] = words('spring summer autumn fall winter frühling frühjahr sommer herbst');

/** Between one of these and a number or a month, time is meant. */
export const timeWords: readonly string[] = words(`
  in since last of this early late mid until till by next from through during past before after to around about im seit bis ab
`);

/** Before two figures, a date is meant. */
export const dateWords: readonly string[] = words(`
  on of in since from dated date until till by through to : admitted seen dob before after visit taken received ( performed obtained discharged reviewed
  home clinic appointment appt am vom seit bis ab den next last due exp expires start starts starting started begin begins began end ends ended
  hearing court tribunal funeral wedding flight inquest interview
`);

/** Events of a day: directly before two figures, these mark a date in notes that write dates in this form. */
export const eventWords: readonly string[] = words(`
  xr xray x-ray cxr ct mri echo us uss scan ecg ekg eeg bloods labs bx biopsy op surgery drain icu itu hdu ward ercp egd colonoscopy
  review clinic fu f/u mdt visit rtc cath dialysis
`);

/** Directly before two figures, these mark a date for all values of the figures. */
export const sureDateWords: readonly string[] = words(`
  on since dated lmp edd edc dos doa dod doi
`);

export const weekdayWords: readonly string[] = words(`
  sat sun mon tue tues wed weds thu thur thurs fri saturday sunday monday tuesday wednesday thursday friday
`);

export const romanMonths: readonly string[] = words('i ii iii iv v vi vii viii ix x xi xii');

/** Near before a date: somebody was born then. */
export const birthWords: readonly string[] = words('dob born birth birthdate birthday yob geb geboren geburtsdatum');

/** Before "a/b", a score, a pressure, or how well an eye sees. */
export const scoreWords: readonly string[] = words(`
  bp pain strength power motor score scored scores grade gcs va acuity vision visual murmur cpap bipap ipap epap peep ratio reflexes apgar apgars mmse moca
  amt amts phq gad nihss epds barthel waterlow braden bishop audit news mews ham level severity rated rating mrc nrs vas mouth eye eyes od os ou re le
  tumor tumour gleason nodes node lymph cores i:e dose doses
`);

/** After figures, a measurement. */
export const unitWords: readonly string[] = words(
  'mm mg cm inch mmhg ml mcg tablet tablets unit units percent pounds lbs kg bpm',
);

/** After "a/b", no date. */
export const measureWords: readonly string[] = words(`
  strength murmur pain in and systolic bilaterally throughout sodium normal diastolic nodes cores points severity scale
`);

/** After a four-digit number that is no year. */
export const yearlessWords: readonly string[] = words(`
  mg ml mcg g kg units unit iu cc calories kcal cells steps ft feet meters metres hours hrs hr h ml/day lbs pounds
`);
