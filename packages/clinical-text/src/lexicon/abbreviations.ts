import { words } from './words.ts';

/** A full stop after one of these ends no sentence. */
export const abbreviations: readonly string[] = words(`
  dr drs mr mrs ms messrs prof st mt ft vs etc eg ie e.g i.e cf al approx appt dept est fig figs inc jr sr ltd no nos
  pt pts hx rx tx dx sx fx wt ht temp resp vol max min hr hrs sec mo mos yr yrs wk wks tab tabs cap caps inj soln susp
  rev sgt lt col gen capt hon gov pres sen rep univ assn bros co corp jan feb mar apr jun jul aug sep sept oct nov dec
  mon tue tues wed thu thur thurs fri sat sun ave blvd rd ln pkwy hwy ste bldg
`);

/** Those that may end a sentence after a number: "in 6 wks. Stopped". */
export const countedUnits: readonly string[] = words('min hr hrs sec mo mos yr yrs wk wks tab tabs cap caps');

/** Before a single letter that is no initial: "vitamin D. Started". */
export const letteredNames: readonly string[] = words('vitamin hepatitis influenza factor haemophilia hemophilia');
