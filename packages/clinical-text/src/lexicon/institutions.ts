import { phrases } from './words.ts';

/** Hospitals and health systems that notes name without the word "hospital", in any case: they have words of their own. */
export const institutionNames: readonly string[] = phrases(`
  royal free, royal marsden, royal brompton, royal london, royal victoria, royal infirmary, royal surrey, royal berkshire, royal liverpool, royal preston,
  royal oldham, royal bolton, royal sussex, royal devon, royal cornwall, royal stoke, royal derby, royal blackburn, royal papworth, royal gwent,
  royal glamorgan, royal shrewsbury, royal wolverhampton, royal melbourne, royal north shore, royal prince alfred, royal adelaide, royal perth,
  royal brisbane, royal hobart, royal darwin, royal alexandra, royal jubilee, royal columbian, royal inland, royal university, royal victoria eye and ear,
  guy's and guys and st thomas, guy's and thomas', st michael's,
  great ormond street, john radcliffe,
  king's mill, queen's medical centre, queen elizabeth, queen alexandra, queen square, princess royal, princess alexandra, prince of wales, prince charles,
  charing cross, chelsea and westminster, hammersmith, northwick park, west middlesex, north middlesex, whipps cross, newham general, homerton,
  whittington, barts, moorfields, alder hey, arrowe park, wythenshawe, the christie, stepping hill, tameside general, salford royal, aintree,
  broadgreen, walton centre, clatterbridge, pinderfields, bradford royal, leeds general, jimmy's, james cook, southmead, frenchay,
  musgrove park, derriford, treliske, treloar, poole general, salisbury district, wexham park, frimley park, stoke mandeville, milton keynes general,
  addenbrooke's, papworth, hinchingbrooke, ipswich hospital, norfolk and norwich, basildon and thurrock, broomfield, southend general, darent valley,
  medway maritime, william harvey, kent and canterbury, eastbourne district, heartlands, good hope, walsgrave, glenfield,
  kettering general, ninewells, raigmore, stobhill, gartnavel, monklands, wishaw general, hairmyres, crosshouse, victoria infirmary, southern general,
  western general, altnagelvin, craigavon area, antrim area, mater infirmorum, ulster hospital, musgrave park, morriston, withybush, bronglais,
  ysbyty gwynedd, wrexham maelor, glan clwyd, the mater, the rotunda, the coombe, holles street, naas general,
  merlin park, letterkenny general, sligo general, waterford regional, kaiser permanente, mount sinai, mt sinai, cedars-sinai, cedars sinai, beth israel,
  beth israel deaconess, brigham and women's, the brigham, mass general, massachusetts general, dana-farber, dana farber, boston children's, tufts medical,
  mayo clinic, cleveland clinic, johns hopkins, md anderson, sloan kettering, memorial sloan kettering, nyu langone, montefiore, weill cornell,
  columbia presbyterian, new york presbyterian, yale new haven, penn medicine, jefferson health, temple health, geisinger, allegheny general, upmc, university hospitals,
  metrohealth, ohiohealth, nationwide children's, henry ford, beaumont health, ascension health, spectrum health, northwestern memorial, rush university, advocate health,
  aurora health, froedtert, barnes-jewish, barnes jewish, duke health, unc health, wake forest baptist, atrium health, tulane medical,
  baylor scott and white, houston methodist, ut southwestern, scott and white, intermountain, banner health, sutter health, dignity health, scripps, sharp healthcare,
  cottage health, el camino, stanford health, ucsf, harborview, swedish medical, providence st, legacy emanuel, kaiser sunnyside, sunnybrook, sickkids, sick kids,
  toronto general, toronto western, princess margaret, mount sinai toronto, rockyview, peter lougheed, vancouver general, lions gate, jewish general,
  montreal general, montreal children's, hamilton general, health sciences north, westmead, concord repatriation, blacktown, john hunter, the alfred,
  monash medical, monash health, box hill, peter mac, peter maccallum, austin health, princess alexandra, gold coast university, flinders medical, sir charles gairdner,
  fiona stanley, davita, fresenius, charité, charite, klinikum rechts der isar, klinikum großhadern, universitätsklinikum, uniklinik, uniklinikum, inselspital
`);

/** Short names: an institution only in this spelling, in capitals. */
export const institutionAcronyms: readonly string[] = phrases(`
  uclh, uch, ucl, gosh, mgh, bwh, bidmc, bmc, mskcc, msk, nyp, nyu, chop, hup, upmc, ccf, jhh, jhmi, umms, uab, utsw, uth, ucsf, ucla, ucsd, uci, ucd, ohsu, uwmc, hcmc,
  chla, cchmc, llumc, cpmc, sfgh, zsfg, rvi, lgi, bri, eri, gri, qmc, rfh, rlh, gstt, kch, pruh, qeuh, rie, rah, mri manchester, vgh, cheo, chum, muhc, rpah, rbwh, rmh, rnsh,
  rch, pmcc, cuh, muh, uhg, uhl, svuh, mmuh, akh, lmu klinikum, tum klinikum, hca
`);

/** Also a word or a person: an institution after one of `places before`. */
export const institutionWordsAlone: readonly string[] = phrases(
  `sinai, mayo, beaumont, tallaght, crumlin, connolly, bellevue, grady, loyola, lahey, ochsner, parkland, foothills, scripps, geisinger, froedtert, novant, stanford, hopkins, brigham, mater, christie, freeman, alfred, austin, concord, providence, mercy, baptist, methodist, presbyterian, lutheran, jefferson, temple, rush, duke, northwestern, cornell, columbia, yale, methodist, kaiser, kings, queen's, queens, guys, sutter, dignity, ascension, cedars, guy's, king's, bart's, jimmy's, thomas', westmead, moorfields, papworth`,
);
/** Before an institution that has no word of its own. */
export const institutionIntroducers: readonly string[] = phrases(
  'at, from, to, under, via, by, in, and, then, into, through, with, attended, attends, visited, called',
);

/** Labels whose value is an institution. */
export const institutionLabels: readonly string[] = phrases(
  'gp practice, gp surgery, practice, practice name, pharmacy, preferred pharmacy, usual pharmacy, school, employer, workplace, care home, nursing home, nursery, college, hospital, facility, referring hospital, birthplace, place of birth, town, city, county, agency, care agency, company, club, charity, church, base, facility name, hostel, shelter, prison, university',
);

/** Follow a name of an institution: "St. Jude's ED". */
export const institutionUnits: readonly string[] = phrases(
  'ed, er, a&e, icu, itu, hdu, ward, wards, clinic, mau, amu, theatre, casualty, outpatients, opd, maternity, emergency, hospital, infirmary, or',
);
