import { phrases } from './words.ts';

/** Not identifiers under Safe Harbor by themselves, but parts of an address. */
export const states: readonly string[] = phrases(`
  alabama, alaska, arizona, arkansas, california, colorado, connecticut, delaware, florida, georgia, hawaii, idaho, illinois, indiana, iowa, kansas,
  kentucky, louisiana, maine, maryland, massachusetts, michigan, minnesota, mississippi, missouri, montana, nebraska, nevada, new hampshire, new jersey,
  new mexico, new york, north carolina, north dakota, ohio, oklahoma, oregon, pennsylvania, rhode island, south carolina, south dakota, tennessee, texas,
  utah, vermont, virginia, washington, west virginia, wisconsin, wyoming, district of columbia, puerto rico
`);
export const stateCodes: readonly string[] = phrases(`
  al, ak, az, ar, ca, co, ct, de, fl, ga, hi, id, il, in, ia, ks, ky, la, me, md, ma, mi, mn, ms, mo, mt, ne, nv, nh, nj, nm, ny, nc, nd, oh, ok, or, pa, ri,
  sc, sd, tn, tx, ut, vt, va, wa, wv, wi, wy, dc, pr
`);
export const countries: readonly string[] = phrases(`
  united states, united states of america, america, canada, mexico, england, scotland, wales, ireland, united kingdom, great britain, britain, france,
  germany, italy, spain, portugal, netherlands, belgium, switzerland, austria, sweden, norway, denmark, finland, poland, russia, ukraine, greece,
  turkey, israel, egypt, iran, iraq, saudi arabia, india, pakistan, bangladesh, china, japan, korea, south korea, taiwan, vietnam, thailand, philippines,
  indonesia, malaysia, singapore, australia, new zealand, brazil, argentina, chile, colombia, peru, venezuela, cuba, haiti, jamaica, nigeria, ghana,
  kenya, ethiopia, somalia, south africa, morocco, europe, asia, africa, south america, north america, central america, middle east, caribbean, hong kong
`);

/** Larger cities, from general knowledge. */
export const cities: readonly string[] = phrases(`
  new york city, los angeles, chicago, houston, phoenix, philadelphia, san antonio, san diego, dallas, san jose, austin, jacksonville, fort worth, columbus,
  charlotte, san francisco, indianapolis, seattle, denver, boston, el paso, nashville, detroit, oklahoma city, portland, las vegas, memphis, louisville,
  baltimore, milwaukee, albuquerque, tucson, fresno, sacramento, kansas city, mesa, atlanta, omaha, colorado springs, raleigh, miami, long beach,
  virginia beach, oakland, minneapolis, tulsa, tampa, arlington, new orleans, wichita, cleveland, bakersfield, aurora, anaheim, honolulu, santa ana,
  riverside, corpus christi, lexington, stockton, henderson, saint paul, st. paul, st. louis, saint louis, cincinnati, pittsburgh, greensboro, anchorage,
  plano, lincoln, orlando, irvine, newark, toledo, durham, chula vista, fort wayne, jersey city, st. petersburg, laredo, madison, chandler, buffalo, lubbock,
  scottsdale, reno, glendale, gilbert, winston-salem, north las vegas, norfolk, chesapeake, garland, irving, hialeah, fremont, boise, richmond, baton rouge,
  spokane, des moines, tacoma, san bernardino, modesto, fontana, santa clarita, birmingham, oxnard, fayetteville, rochester, moreno valley, yonkers,
  huntington beach, aurora, salt lake city, little rock, amarillo, grand rapids, tallahassee, worcester, newport news, huntsville, knoxville, providence,
  santa rosa, brownsville, chattanooga, fort lauderdale, tempe, springfield, sioux falls, peoria, vancouver, cape coral, syracuse, dayton, savannah, hartford,
  new haven, bridgeport, albany, ann arbor, berkeley, evansville, topeka, flint, lansing, allentown, erie, scranton, harrisburg, charleston, columbia,
  greenville, asheville, wilmington, bremerton, iowa city, cedar rapids, davenport, duluth, fargo, bismarck, billings, missoula, cheyenne, santa fe,
  london, manchester, liverpool, leeds, glasgow, edinburgh, cardiff, belfast, dublin, paris, lyon, marseille, berlin, munich, hamburg, frankfurt, cologne,
  rome, milan, naples, turin, florence, madrid, barcelona, valencia, seville, lisbon, porto, amsterdam, rotterdam, brussels, antwerp, zurich, geneva, basel,
  bern, vienna, prague, budapest, warsaw, krakow, moscow, kiev, kyiv, stockholm, oslo, copenhagen, helsinki, athens, istanbul, ankara, cairo, jerusalem,
  tel aviv, baghdad, tehran, dubai, delhi, new delhi, mumbai, kolkata, chennai, bangalore, hyderabad, karachi, lahore, dhaka, beijing, shanghai, guangzhou,
  shenzhen, wuhan, nanjing, tokyo, osaka, kyoto, nagoya, yokohama, fukuoka, seoul, busan, taipei, hanoi, ho chi minh city, saigon, bangkok, manila, jakarta,
  kuala lumpur, sydney, melbourne, brisbane, perth, adelaide, auckland, wellington, toronto, montreal, vancouver, calgary, ottawa, edmonton, winnipeg,
  mexico city, guadalajara, monterrey, tijuana, havana, kingston, sao paulo, rio de janeiro, brasilia, buenos aires, santiago, lima, bogota, caracas, lagos,
  swindon, bristol, sheffield, bradford, nottingham, leicester, coventry, sunderland, newcastle, wolverhampton, plymouth, derby, southampton, portsmouth,
  norwich, preston, blackpool, bolton, bournemouth, middlesbrough, peterborough, stockport, brighton, huddersfield, oxford, cambridge, ipswich, exeter,
  gloucester, cheltenham, northampton, luton, milton keynes, watford, slough, woking, guildford, crawley, maidstone, canterbury, dover, folkestone, margate,
  eastbourne, chichester, basingstoke, winchester, salisbury, bath, taunton, torquay, truro, penzance, barnstaple, hereford, shrewsbury, telford, stafford,
  stoke-on-trent, chester, wrexham, warrington, wigan, oldham, rochdale, burnley, blackburn, lancaster, kendal, carlisle, durham, darlington, hartlepool,
  scarborough, harrogate, skipton, wakefield, halifax, barnsley, doncaster, rotherham, lincoln, grimsby, scunthorpe, hull, york, swansea, newport, llanelli,
  aberystwyth, bangor, aberdeen, dundee, inverness, perth, stirling, paisley, falkirk, dumfries, ayr, kilmarnock, greenock, londonderry, lisburn, newry,
  armagh, ballymena, coleraine, enniskillen, omagh, cork, galway, limerick, waterford, drogheda, dundalk, sligo, athlone, kilkenny, tralee, killarney,
  letterkenny, wexford, ennis, mullingar, navan, bray, naas, mississauga, brampton, london ontario, windsor ontario, markham, vaughan, kitchener, guelph,
  kingston, sudbury, thunder bay, quebec city, laval, gatineau, sherbrooke, trois-rivieres, saskatoon, regina, kelowna, nanaimo, victoria bc, surrey bc,
  burnaby, red deer, lethbridge, moncton, fredericton, st. john's, charlottetown, hobart, darwin, canberra, newcastle nsw, wollongong, geelong, ballarat,
  bendigo, townsville, cairns, toowoomba, launceston, gold coast, parramatta, penrith, fremantle, dunedin, christchurch, hamilton nz, stuttgart, düsseldorf,
  dusseldorf, köln, münchen, nürnberg, leipzig, dresden, hannover, bremen, essen, dortmund, bochum, bonn, mannheim, karlsruhe, augsburg, wiesbaden, mainz,
  freiburg, heidelberg, regensburg, würzburg, ulm, kiel, lübeck, rostock, erfurt, potsdam, graz, linz, salzburg, innsbruck, klagenfurt, zürich, genf, lausanne,
  luzern, st. gallen, winterthur, wien,
  montréal, québec, lévis, trois-rivières, accra, nairobi, johannesburg, cape town, brooklyn, queens, bronx, manhattan, staten island, hollywood, beverly hills
`);

/** Words that end the name of an institution. */
export const institutionWords: readonly string[] = phrases(`
  hospital, hospitals, medical center, medical centre, health center, healthcare, health care, health system, health systems, clinic, clinics, infirmary,
  university, college, institute, hospice, nursing home, nursing center, care center, rehabilitation center, rehab center, rehabilitation hospital,
  rehabilitation institute, medical group, medical associates, cancer center, surgery center, surgical center, treatment center, school of medicine,
  medical school, high school, elementary school, middle school, academy, foundation, sanatorium, manor, retirement community, assisted living,
  skilled nursing facility, senior living, memorial, health services, family practice, family medicine, pediatrics group, eye center, heart center,
  veterans affairs, va medical center, transitional care unit, laboratories, pharmacy, correctional facility, correctional institution, church, shelter,
  medical practice, dental practice, group practice, care home, residential home, rest home, primary school, secondary school, grammar school, school, diagnostics, hostel, day centre, day center
`);
/** Stand before those words without naming one. */
export const genericInstitution: readonly string[] = phrases(`
  the, a, an, this, that, our, your, his, her, their, my, outside, local, another, other, any, same, previous, prior, emergency, in, at, to, from, of, and,
  or, by, with, for, was, is, were, community, public, private, academic, tertiary, referring, day, walk-in, urgent, outpatient, inpatient, pain, primary,
  coumadin, anticoagulation, diabetes, surgery, surgical, medical, general, acute, long-term, long, skilled, home, psychiatric, mental, nursing, nearest,
  affiliated, teaching, neurology, cardiology, orthopedic, oncology, follow-up, her, admission, discharge, transferred, admitted, hospital, course, each,
  urology, rheumatology, dermatology, respiratory, renal, haematology, hematology, gastroenterology, endocrine, endocrinology, ophthalmology, eye, ent, fracture, breast, memory, falls, tb, hiv,
  wound, stoma, asthma, copd, heart, failure, stroke, tia, antenatal, maternity, paediatric, pediatric, gynaecology, gynecology, colorectal, vascular, hand, spine, physio, physiotherapy, dietetic, sleep,
  allergy, headache, epilepsy, lipid, transplant, dialysis, dental, podiatry, foot, nurse, nurse-led, virtual, ambulatory, liver, chest, thyroid, bone, hypertension, geriatric, haemophilia,
  regional, rehabilitation, rehab, care, health, center, university, college, state, retail, old, new, during, since, before, after, her, its, no, some, into
`);
export const streetWords: readonly string[] = phrases(`
  street, st, avenue, ave, road, rd, boulevard, blvd, drive, dr, lane, ln, court, ct, place, pl, way, terrace, parkway, pkwy, highway, hwy, circle, cir, square,
  trail, pike, turnpike, plaza, alley, loop, crescent, close, row, walk, gardens, garden, grove, mews, rise, hill, green, park, view, gate, wharf, quay,
  parade, esplanade, promenade, villas, cottages, drove, bank, wynd, brae, vale, croft, fold, end, side, meadow, meadows, paddock, orchard, common, heath,
  chase, dene, glade, ridge, heights, field, fields, mount, parkside, broadway, causeway, circus, yard, bridge, cross, approach, steps, avenue, strand, cove, boreen
`);
/** End the name of a street that has no house number: no other words of English. */
export const sureStreetWords: readonly string[] = phrases(`
  street, avenue, road, lane, boulevard, crescent, terrace, mews, gardens, grove, esplanade, parkway, highway, close, drive
`);
/** Begin the name of a street, where people speak French or Spanish: "4180 rue Saint-Denis". */
export const streetBeginnings: readonly string[] = phrases(
  'rue, avenue, av, boulevard, boul, chemin, rang, allée, impasse, calle, avenida',
);
/** Within the name of a street, in small letters: "Gort na Coille", "Ashby de la Zouch". */
export const placeParticles: readonly string[] = phrases(
  'na, an, de, la, des, du, le, les, of, on, under, upon, y, del, der, den, dem, am, im, d, l',
);
/** German street names are one word: "Bahnhofstraße", or two: "Berliner Allee". */
export const germanStreetEndings: readonly string[] = phrases(
  'straße, strasse, str, weg, gasse, platz, allee, ring, damm, ufer, chaussee, steig, markt, graben, hof, stieg, pfad',
);
/** Name a house that has no number. */
export const houseWords: readonly string[] = phrases(
  'rectory, cottage, house, farm, farmhouse, lodge, hall, barn, mill, vicarage, manor, croft, grange, villa, bungalow, forge, stables, chapel, cottages, oaks, elms, laurels, hollies, schoolhouse, bakery, post office, coach house, gatehouse',
);
