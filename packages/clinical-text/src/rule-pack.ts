import { createHash } from 'node:crypto';
import * as abbreviations from './lexicon/abbreviations.ts';
import * as allergies from './lexicon/allergies.ts';
import * as answers from './lexicon/answers.ts';
import * as calendar from './lexicon/calendar.ts';
import * as clinicalAbbreviations from './lexicon/clinical-abbreviations.ts';
import * as clinicalWords from './lexicon/clinical-words.ts';
import * as contextTriggers from './lexicon/context-triggers.ts';
import * as contextWords from './lexicon/context-words.ts';
import * as drugClasses from './lexicon/drug-classes.ts';
import { cardiovascularDrugs } from './lexicon/drugs-cardiovascular.ts';
import { infectionAndCancerDrugs } from './lexicon/drugs-infection-cancer.ts';
import { nervousDrugs } from './lexicon/drugs-nervous.ts';
import { otherDrugs } from './lexicon/drugs-other.ts';
import { otherMarketDrugs } from './lexicon/drugs-other-markets.ts';
import { englishWords } from './lexicon/english-words.ts';
import { givenNames } from './lexicon/given-names.ts';
import { rareGivenNames } from './lexicon/given-names-rare.ts';
import { identifierForms, vehicleWords } from './lexicon/identifier-forms.ts';
import { identifierLabels } from './lexicon/identifier-labels.ts';
import * as institutions from './lexicon/institutions.ts';
import * as measurements from './lexicon/measurements.ts';
import * as medicationStatus from './lexicon/medication-status.ts';
import * as moreNames from './lexicon/more-names.ts';
import * as nameContext from './lexicon/name-context.ts';
import * as nicknames from './lexicon/nicknames.ts';
import * as orders from './lexicon/orders.ts';
import * as ordinaryCapitals from './lexicon/ordinary-capitals.ts';
import * as otherMeanings from './lexicon/other-meanings.ts';
import * as people from './lexicon/people.ts';
import * as places from './lexicon/places.ts';
import * as planWords from './lexicon/plan-words.ts';
import * as problemAbbreviations from './lexicon/problem-abbreviations.ts';
import * as problemAttributes from './lexicon/problem-attributes.ts';
import * as problems from './lexicon/problems.ts';
import * as problemsCommon from './lexicon/problems-common.ts';
import * as problemsMore from './lexicon/problems-more.ts';
import { sectionCodes } from './lexicon/section-codes.ts';
import * as sectionHeadings from './lexicon/section-headings.ts';
import { sectionModel } from './lexicon/section-model.ts';
import { topicWords } from './lexicon/section-topics.ts';
import * as standIns from './lexicon/stand-ins.ts';
import { surnames } from './lexicon/surnames.ts';
import { symptoms } from './lexicon/symptoms.ts';
import * as temporality from './lexicon/temporality.ts';
import { townNames } from './lexicon/towns.ts';
import * as units from './lexicon/units.ts';
import type { SiteProfile } from './phi/site-profile.ts';

/** All that the engine knows and that is data. Its version is raised with every change of a list or of a rule. */
export const rulePack = {
  version: '2.0.0',
  lexicon: {
    abbreviations: { ...abbreviations },
    calendar: { ...calendar },
    clinicalAbbreviations: { ...clinicalAbbreviations },
    identifierForms: {
      forms: identifierForms.map(({ pattern, ...form }) => ({ ...form, pattern: pattern.source })),
      vehicleWords,
    },
    institutions: { ...institutions },
    moreNames: { ...moreNames },
    nicknames: { ...nicknames },
    allergies: { ...allergies },
    answers: { ...answers },
    clinicalWords: { ...clinicalWords },
    contextTriggers: { ...contextTriggers },
    contextWords: Object.fromEntries(Object.entries(contextWords).map(([name, list]) => [name, [...list]])),
    drugClasses: { ...drugClasses },
    drugs: { cardiovascularDrugs, infectionAndCancerDrugs, nervousDrugs, otherDrugs, otherMarketDrugs },
    medicationStatus: { ...medicationStatus },
    englishWords,
    identifierLabels,
    measurements: { ...measurements },
    nameContext: { ...nameContext },
    names: { givenNames, rareGivenNames, surnames },
    orders: { ...orders },
    ordinaryCapitals: {
      ...ordinaryCapitals,
      ordinaryEndings: ordinaryCapitals.ordinaryEndings.source,
      usingVerbs: [...ordinaryCapitals.usingVerbs],
    },
    otherMeanings: { ...otherMeanings },
    people: { ...people },
    places: { ...places },
    planWords: { ...planWords },
    problemAbbreviations: { ...problemAbbreviations },
    problemAttributes: { ...problemAttributes },
    problems: { ...problems },
    problemsCommon: { ...problemsCommon },
    problemsMore: { ...problemsMore },
    sectionCodes,
    sectionHeadings: { ...sectionHeadings },
    sectionModel,
    standIns: { ...standIns },
    symptoms,
    temporality: { ...temporality },
    topicWords,
    townNames,
    units: { ...units },
  },
} as const;

/** JSON with sorted keys and no spaces: one text for one content. */
export const canonicalJson = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );

/**
 * Lower-case hex. What a site adds counts as part of the pack.
 *
 * @param profile the site's own rules for identifiers
 * @param vocabularies hash of the lists that the site mounted
 */
export const rulePackSha256 = (profile?: SiteProfile, vocabularies: string | null = null): string => {
  const hash = createHash('sha256').update(canonicalJson(rulePack));
  if (profile !== undefined) hash.update(canonicalJson(profile));
  if (vocabularies !== null) hash.update(`vocabularies ${vocabularies}`);
  return hash.digest('hex');
};
