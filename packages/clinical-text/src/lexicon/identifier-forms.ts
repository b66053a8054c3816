import type { PhiCategory } from '../engine.ts';

/** An identifier with a form of its own. Patterns are sticky and bounded, so that each costs a fixed time per token. */
export interface IdentifierForm {
  readonly category: PhiCategory;
  readonly rule: string;
  /** What the first character is: patterns of other kinds are not tried. */
  readonly begins: 'digit' | 'capital';
  readonly pattern: RegExp;
  /** A check of the digits, where the form has one. */
  readonly check?: 'luhn' | 'nhs' | 'four digits' | 'eight digits' | 'ten digits';
  /** Needs a word of vehicles before it; without one it counts in `recall-first` alone, where `recallOnly` is set. */
  readonly vehicle?: true;
  readonly recallOnly?: true;
}

const END = '(?![\\p{L}\\p{N}])';
const form = (
  begins: IdentifierForm['begins'],
  category: PhiCategory,
  rule: string,
  pattern: string,
  more: Pick<IdentifierForm, 'check' | 'vehicle' | 'recallOnly'> = {},
): IdentifierForm => ({ begins, category, rule, pattern: new RegExp(`${pattern}${END}`, 'uy'), ...more });

/** Areas of United Kingdom postcodes. */
const area =
  '(?:A[BL]|B[ABDHLNRST]?|C[ABFHMORTVW]|D[ADEGHLNTY]|E[CHNX]?|F[KY]|G[LUY]?|H[ADGPRSUX]|I[GMPV]|JE|K[ATWY]|L[ADELNSU]?|M[EKL]?|N[EGNPRW]?|O[LX]|P[AEHLOR]|R[GHM]|S[AEGKLMNOPRSTWY]?|T[ADFNQRSW]|UB|W[ACDFNRSV]?|YO|ZE)';

/** United States, United Kingdom, Ireland, Canada, Australia and the German-speaking countries. */
export const identifierForms: readonly IdentifierForm[] = [
  form('digit', 'SSN', 'social security number', '\\d{3}([- .])\\d\\d\\1\\d{4}'),
  form('digit', 'MRN', 'NHS number', '\\d{3}[ -]\\d{3}[ -]\\d{4}', { check: 'nhs' }),
  form('digit', 'SSN', 'social insurance number', '\\d{3}[ -]\\d{3}[ -]\\d{3}', { check: 'luhn' }),
  form('digit', 'HEALTH_PLAN', 'Medicare card', '[2-6]\\d{3} \\d{5} \\d(?:[-/ ]\\d)?'),
  form('digit', 'HEALTH_PLAN', 'Medicare beneficiary', '[1-9][A-Z][A-Z0-9]\\d-?[A-Z][A-Z0-9]\\d-?[A-Z]{2}\\d{2}'),
  form('digit', 'HEALTH_PLAN', 'provincial health card', '\\d{4}[- ]\\d{3}[- ]\\d{3}(?:[- ]?[A-Z]{2})?'),
  form('digit', 'MRN', 'community health index', '\\d{6} \\d{4}'),
  form('digit', 'SSN', 'personal public service number', '\\d{7}[A-W][A-IW]?'),
  form('digit', 'VEHICLE', 'Irish plate', '\\d{2,3}-[A-Z]{1,2}-\\d{1,6}'),
  form('digit', 'SSN', 'AHV number', '756\\.\\d{4}\\.\\d{4}\\.\\d{2}'),
  form('digit', 'ACCOUNT', 'card number', '\\d{4}[- ]\\d{4}[- ]\\d{4}[- ]\\d{2,4}'),
  form('digit', 'SSN', 'Aadhaar number', '(?!(?:19|20)\\d\\d )[2-9]\\d{3} \\d{4} \\d{4}(?! ?\\d)'),
  form(
    'digit',
    'OTHER_ID',
    'groups of digits',
    '(?!0|(?:19|20)\\d\\d (?:19|20)\\d\\d)\\d{3,5} \\d{3,5} \\d{4,6}(?! ?\\d)',
    {
      check: 'ten digits',
    },
  ),
  form('digit', 'LOCATION', 'postal code and town', '\\d{4}-\\d{3}(?= \\p{Lu}\\p{Ll}{2})'),
  form('digit', 'LOCATION', 'postal code', '\\d{5}-\\d{3}(?!\\d)'),
  form('digit', 'LOCATION', 'ZIP+4', '\\d{5}-\\d{4}'),
  // "LX/22/5571", "GU4471/20", "HR/8872": not a blood pressure, a level of the spine, a marker of cells or a month.
  form(
    'capital',
    'OTHER_ID',
    'code with marks',
    '(?!(?:BP|NIBP|HR|RR|PR|GCS|EF|VA|CD|CK|IL|HLA|HPV|CYP|COVID|SARS|ICD|CPT|G|P|Q|[CTLS])[-/]?\\d)' +
      '(?![A-Z]{1,5}\\d\\d[-/]\\d\\d(?!\\d))(?!(?:JAN|FEB|MAR|APR|MAY|JUNE?|JULY?|AUG|SEPT?|OCT|NOV|DEC)[-/])' +
      '(?:[A-Z]{1,5}[-/]?\\d{2,8}(?:[-/][A-Z\\d]{1,8}){1,3}|[A-Z]{1,5}(?:/[A-Z]{1,5})?/\\d{4,8})',
    { check: 'four digits' },
  ),
  form('capital', 'OTHER_ID', 'letters and groups of digits', '(?!CA|CD)[A-Z]{1,3}\\d{3,6}(?: \\d{3,6}){1,3}', {
    check: 'eight digits',
  }),
  form('capital', 'SSN', 'permanent account number', '[A-Z]{5}\\d{4}[A-Z]'),
  form('capital', 'SSN', 'national insurance number', '[A-Z]{2} ?\\d{2} ?\\d{2} ?\\d{2} ?[A-D]'),
  form('capital', 'LOCATION', 'postcode', `${area}\\d[A-Z\\d]? \\d[ABD-HJLNP-UW-Z]{2}`),
  form('capital', 'LOCATION', 'postcode', `${area}\\d[A-Z\\d]?\\d[ABD-HJLNP-UW-Z]{2}`),
  form(
    'capital',
    'LOCATION',
    'Eircode',
    '[AC-FHKNPRTV-Y]\\d[\\dW] (?=[A-Z\\d]{0,3}\\d)(?![LTCS]\\d[LTCS]\\d)[\\dAC-FHKNPRTV-Y]{4}',
  ),
  form('capital', 'LOCATION', 'postal code', '(?!T\\d[NX] \\dM\\d)[ABCEGHJ-NPRSTVXY]\\d[A-Z][ -]\\d[A-Z]\\d'),
  form('capital', 'LOCATION', 'state and postcode', '(?:NSW|VIC|QLD|WA|SA|TAS|ACT|NT),? \\d{4}'),
  form('capital', 'LOCATION', 'postcode', '(?:CH|AT?|DE?|FL|LI)-\\d{4,5}'),
  form('capital', 'LICENSE', 'British driving licence', '[A-Z9]{5} ?\\d{6} ?[A-Z9]{2}\\d[A-Z]{2}'),
  form('capital', 'HEALTH_PLAN', 'Quebec health card', '[A-Z]{4} ?\\d{4} ?\\d{4}'),
  form('capital', 'DEVICE', 'donation number', '[A-Z]\\d{4} ?\\d{2} ?\\d{6}'),
  form('capital', 'VEHICLE', 'British plate', '[A-Z]{2}\\d{2} ?[A-Z]{3}', { vehicle: true, recallOnly: true }),
  form('capital', 'VEHICLE', 'British plate', '[A-Z]\\d{1,3} ?[A-Z]{3}', { vehicle: true }),
  form('capital', 'VEHICLE', 'German plate', '[A-ZÄÖÜ]{1,3}-[A-Z]{1,2} ?\\d{1,4}[EH]?', { vehicle: true }),
  form('capital', 'ACCOUNT', 'IBAN', '[A-Z]{2}\\d{2} ?(?:[A-Z\\d]{4} ?){2,7}[A-Z\\d]{1,4}', { check: 'ten digits' }),
];

/** Near before a plate. */
export const vehicleWords: readonly string[] =
  'car cars van lorry truck taxi cab motorbike motorcycle scooter vehicle vehicles registration reg registered plate plates vrm driver driving drove rta rtc mvc mva kennzeichen auto bus jeep suv pickup kfz pkw lkw rego'.split(
    ' ',
  );
