import { words } from './words.ts';

/** Invented, so that no stand-in is anybody's name; ASCII, so that lengths stay close. */
export const standInGiven: readonly string[] = words(`
  Avenel Brisel Corvane Daluth Elowin Farrad Gavrel Hestane Ismere Jovanel Kelvira Lorath Maveth Norelle Orsane Pellin Quenby Rosmer Sorvane Talwyn
  Umbrel Velnor Wystan Xanver Yorvane Zephra
`);
export const standInFamily: readonly string[] = words(`
  Ashgrove Brindlemere Coldwater Dunhollow Eastmoor Fernlake Glenharrow Hollowell Ironbrook Juniperdale Kestrelby Larchmont Mossfield Northwick
  Oakhaven Pinecrest Quarryhill Ravensby Stonebeck Thornwick Underhollow Valecroft Willowby Yarrowdale
`);
export const standInPlaces: readonly string[] = words(
  'Lakemere Norvale Eastholm Brackwater Sunfell Highmoor Oldcastle_Bay Redfern_Falls Marlow_Green Westerly_Point',
);
export const standInInstitutions: readonly string[] = words(`
  Lakemere_Hospital Norvale_Medical_Center Eastholm_Clinic Brackwater_General_Hospital Sunfell_Health_Center Highmoor_Institute
`);
