import { phrases, words } from './words.ts';

/** Peoples, languages and religions: they identify nobody. */
export const peoples: readonly string[] = words(`
  english welsh scottish irish british french german italian spanish portuguese polish romanian russian ukrainian lithuanian bulgarian hungarian czech slovak greek turkish albanian serbian croatian bosnian dutch
  danish norwegian swedish finnish icelandic arabic farsi persian kurdish pashto dari urdu punjabi hindi gujarati bengali sylheti tamil telugu malayalam kannada marathi nepali sinhala burmese thai lao khmer
  vietnamese tagalog filipino malay indonesian mandarin cantonese hakka chinese japanese korean mongolian somali amharic tigrinya swahili yoruba igbo hausa twi zulu xhosa afrikaans hebrew yiddish creole
  american mexican cuban haitian jamaican brazilian colombian peruvian chilean argentinian venezuelan guatemalan salvadoran honduran dominican canadian australian zealander european african asian indian pakistani
  bangladeshi afghan iranian iraqi syrian lebanese egyptian moroccan algerian tunisian libyan sudanese ethiopian eritrean kenyan ugandan nigerian ghanaian zimbabwean israeli palestinian saudi taiwanese
  singaporean azeri armenian georgian kazakh uzbek austrian belgian swiss swede dane finn pole turk scot samoan tongan fijian hawaiian ashkenazi sephardic hispanic latino latina latinx caucasian aboriginal
  maori indigenous native pacific islander mediterranean scandinavian slavic nordic gypsy traveller roma
  catholic christian muslim islamic islam jewish hindu sikh buddhist mormon anglican methodist baptist protestant orthodox quaker jehovah witness witnesses bible quran god lord allah
`);

/** Foods, dressings, sutures, devices and remedies that are known by their brand. */
export const products: readonly string[] = words(`
  complan fortisip fortijuice fresubin nutrison jevity osmolite ensure glucerna nepro peptamen pediasure neocate nutramigen similac enfamil pregestimil elecare calogen maxijul thickenup nutilis forticreme
  sudocrem conotrane epaderm diprobase cetraben doublebase hydromol aveeno dermol oilatum zerobase zeroderm eucerin cerave vaseline aquaphor desitin silvadene xeroform kerlix coban betadine hibiclens hibiscrub
  chloraprep steristrip steristrips elastoplast tubigrip tubifast surgicel gelfoam floseal tisseel dermabond vicryl monocryl prolene ethibond ethilon stratafix surgiflo urgotul activon actilite polymem kerramax
  airvo optiflow fitbit stedy hoyer amplatzer watchman mitraclip prismaflex lifepak dynaform etac arjo rollz ambu tracleer velcro guedel venflon vygon bivona shiley portex freka nutricia
  strepsils olbas lemsip berocca rennie gaviscon alka-seltzer vicks tums pepto pepto-bismol imodium dulcolax metamucil benadryl claritin zyrtec sudafed mucinex robitussin nyquil dayquil tylenol advil motrin aleve
  excedrin nicorette niquitin nicotinell vype juul efudex aldara picato chlorhexidine octenisan prontosan prontoderm pilates zumba centile centiles axilla axillae scalp seatbelt seatbelts airbag airbags fluctuant
  phlebotomy bedside urgent toxo toxoplasma bartonella
`);

/** Words that notes write with a capital within a sentence though they name neither a person nor a place. */
export const ordinaryCapitals: readonly string[] = words(`
  patient patients client family relatives staff team teams ward wards theatre theatres recovery resus resuscitation emergency department departments clinic clinics unit units hospital hospice home house
  police ambulance rescue fire service services social community mental health care package intensive critical palliative school nursery college university council court church prison work
  surgeon surgeons surgery physician physicians doctor doctors nurse nurses nursing registrar consultant practitioner pharmacist therapist specialist midwife porter security switchboard reception
  protocol pathway policy form forms letter letters report reports chart charts notes note record records portal system systems summary plan plans consent capacity act order orders guideline guidelines
  figure figures fig figs table tables supplementary appendix section panel grade stage type class group level phase cohort trial study score scale index criteria institutional institution
  mom mum dad mother father grandma grandpa grandmother grandfather grandson granddaughter gran nan nana papa mama brother sister son daughter wife husband aunt auntie uncle cousin niece nephew parents
  christmas easter ramadan diwali hanukkah thanksgiving halloween lent passover eid
  internet google facebook whatsapp zoom skype teams instagram twitter tiktok youtube outlook excel word windows covid
  coast western eastern northern southern modified revised north south east west left right
  monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun am pm
  sir madam reverend rev father please thanks thank regards dear hello
`);

/** Ends of words that name a trade, a quality or a branch of medicine, and no person or place. */
export const ordinaryEndings =
  /(?:ology|iatry|iatrics|opaedics|opedics|ologists?|ists?|icians?|ography|therapy|ics|ments?|[ts]ions?|ness|ities|ically|ing|ive|ous|able|ible|..ed|..ine|otomy|oscopy|ectomy|plasty)$/;

/** What ends the name of a place, a company or a team with capitals: "Sierra Pacific Group". */
export const nameEndingNouns: readonly string[] = phrases(`
  centre, center, house, hall, lodge, court, park, club, school, nursery, care, group, trust, gardens, garden, oaks, elms, pines, manor, grange, farm, forge, mill, inn, hotel, hostel, harbor, harbour, island,
  beach, bay, lake, river, creek, hill, hills, valley, ridge, springs, falls, grove, heights, village, city, town, county, base, barracks, fort, station, airport, stadium, arena, academy, institute,
  foundation, charity, cafe, diner, bakery, brewery, motors, logistics, steel, foods, farms, bank, church, chapel, temple, mosque, acres, meadows, woods, forest, orchard, view, place, plaza, mall, shelter, project,
  pharmacy, surgery, practice, clinic, dental, partners, associates, company, corporation, limited, ltd, inc, llc, united, rovers, rangers, athletic, ranch, camp, prison, mine, quarry, marina, terrace, towers, tower
`);

/** In small letters after the name of a place or a firm: "the Silvertown tunnel". */
export const namedThings: readonly string[] = words(`
  tunnel bridge estate road street train line tube bus area district region village town city county river lake beach school club team match game shop store factory plant mine festival concert church mosque temple
  hotel pub bar restaurant cafe gym pool park market station airport camp shelter hostel refuge prison jail base barracks farm ranch office branch building tower flats apartments house home warehouse depot yard site
  company firm branch agency charity driver worker employee accent dialect reservation tribe parish congregation choir band regiment
`);

/** Before the name of whom or where: a capital that follows is seldom an ordinary word. */
export const leadingPrepositions: readonly string[] = words(
  'by with at from near outside nr via v vs c beside behind opposite called named nicknamed w works hmp hmyoi raf usp fci uss hms',
);
export const leadingWords: readonly string[] = words(
  'in to for of is was that when about re like as saw met told on says and',
);

/** People whose name may follow without a mark: "doula Rain". */
export const companions: readonly string[] = words(`
  doula nanny babysitter childminder au-pair helper home-help attendant escort chaperone roommate room-mate cellmate supervisor employer foreman lodger tenant pal mate buddy lover paramour bf gf fiance fiancee
  coworker co-worker classmate teammate trainer tutor professor lecturer imam rabbi priest pastor vicar minister deacon elder chief hospitalist intensivist prescriber dispenser tech technician
  medic firefighter trooper deputy constable solicitor lawyer attorney caseworker case-worker probation mentor sponsor peer volunteer befriender optician chiropractor osteopath masseuse hairdresser barber
  pet dog cat horse pony parrot puppy kitten
`);
/** Before a thing that is used, eaten or worn. */
export const usingVerbs: ReadonlySet<string> = new Set(
  words(
    'used uses using use applied applies drinks drink drank eats eat ate takes take taking took tried tries wears wearing smokes wore had has bought buys like likes sells contains',
  ),
);
