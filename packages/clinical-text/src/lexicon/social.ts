import { phrases } from './words.ts';

/** Phrases that say how somebody lives, by kind and by what they say. */
export const socialPhrases = {
  tobacco: {
    current: phrases(
      'smoker, smokes, smoking, current smoker, active smoker, heavy smoker, tobacco use, tobacco abuse, vapes, vaping, vape, chews tobacco, cigarettes, tobacco, pack years, pack-years, pack year, packs per day, ppd, cigars',
    ),
    former: phrases(
      'ex-smoker, ex smoker, exsmoker, former smoker, previous smoker, quit smoking, stopped smoking, gave up smoking, former tobacco use, past smoker, reformed smoker, was a smoker, was a heavy smoker, used to smoke, smoked until, had smoked',
    ),
    never: phrases(
      "never smoked, never smoker, non-smoker, nonsmoker, non smoker, lifelong non-smoker, lifelong nonsmoker, life-long non-smoker, never-smoker, does not smoke, doesn't smoke, no tobacco, no smoking",
    ),
  },
  alcohol: {
    current: phrases(
      'drinks alcohol, drinks wine, drinks beer, drinks heavily, drinks daily, drinks occasionally, drinks about, drinks approximately, drinks up to, drinker, alcohol, etoh, alcohol use, alcohol abuse, alcohol misuse, alcoholism, heavy drinker, social drinker, drinks socially, social alcohol, occasional alcohol, wine, beer, beers, vodka, pints, pints of, lager, cider, whisky, whiskey, units per week, units a week, units/week, alcohol dependence, binge drinking, heavy drinking',
    ),
    former: phrases(
      'ex-drinker, former drinker, stopped drinking, quit drinking, sober, in recovery, abstinent, abstinent from alcohol, recovering alcoholic, former alcohol use, previous alcohol excess, used to drink, was a drinker, was a heavy drinker, drank until',
    ),
    never: phrases(
      "teetotal, teetotaller, non-drinker, nondrinker, does not drink, doesn't drink, never drinks, no alcohol, no etoh, never drank, abstains from alcohol",
    ),
  },
  drugs: {
    current: phrases(
      'ivdu, pwid, ivda, iv drug use, intravenous drug use, injects heroin, heroin, cocaine, crack, marijuana, cannabis, weed, thc, methamphetamine, amphetamines, drug use, cocaine use, heroin use, cannabis use, illicit drug use, illicit drugs, recreational drugs, illicits, recreational drug use, substance abuse, substance use, street drugs, opioid use disorder, drug abuse, mdma, ketamine use',
    ),
    former: phrases(
      'ex-ivdu, former ivdu, former drug use, previous ivdu, past drug use, remote cocaine use, former iv drug use, stopped using drugs',
    ),
    never: phrases(
      'no illicit drugs, no illicits, no drug use, no recreational drugs, never used drugs, no ivdu, denies illicits',
    ),
  },
  living: {
    current:
      phrases(`lives alone, lives with, lives at home, lives in, living alone, living in, nursing home, care home, residential home, residential care, sheltered accommodation, assisted living, homeless, no fixed abode, nfa, hostel, shelter, married, divorced, widowed, widow, widower,
      carers, care package, package of care, poc qds, carer twice a day, home care, lives independently, lives in a house, lives in a flat, lives in a bungalow, group home, snf, skilled nursing facility, prison, incarcerated, foster care, hospice resident, resides`),
    former: [] as string[],
    never: [] as string[],
  },
  work: {
    current: phrases(
      'works as, works at, works for, works in, employed, employed as, self-employed, self employed, unemployed, student, occupation, on disability, sick leave, off work, homemaker, housewife, veteran, works full time, works full-time, works part time, works nights, shift worker',
    ),
    former: phrases('retired, used to work, former occupation, worked as, worked at, worked in, previously worked'),
    never: phrases('never worked'),
  },
  mobility: {
    current:
      phrases(`wheelchair, wheelchair bound, wheelchair-bound, bedbound, bed bound, bed-bound, housebound, walks with, walks unaided, walking stick, zimmer, zimmer frame, zf, rollator, with a walker, with walker, walking frame, mobilises with, mobilises independently, mobilises, mobile with, independently mobile, independent in adls, independent with adls,
      independent of adls, independent with all adls, ambulates, ambulatory, walks independently, uses a cane, with a cane, hoist transfers, hoisted, transfers with, assistance of one, assistance of two, needs help with adls, uses a walker, with a frame, on crutches, able to walk, exercise tolerance, unable to mobilise, non-ambulatory, fully independent`),
    former: phrases('previously independent, was independent, previously mobile'),
    never: [] as string[],
  },
} as const;
