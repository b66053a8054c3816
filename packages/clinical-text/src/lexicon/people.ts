import { phrases } from './words.ts';

export const sexWords = {
  female: phrases(
    'female, woman, lady, girl, females, primipara, primigravida, multipara, gravida, schoolgirl, housewife',
  ),
  male: phrases('male, man, gentleman, boy, males, schoolboy'),
} as const;

export const familyWords: readonly string[] = phrases(`
  mother, father, brother, sister, son, daughter, wife, husband, uncle, aunt, cousin, grandmother, grandfather, sibling, twin, niece, nephew,
  grandson, granddaughter, donor, roommate, friend, brothers, sisters, children, child
`);

/** Among the words for other people: no relatives. */
export const otherPeople: readonly string[] = phrases(
  'friend, roommate, flatmate, neighbour, neighbor, colleague, coworker, classmate, contact, boyfriend, girlfriend, caregiver, carer',
);
export const donorWords: readonly string[] = ['donor'];
export const fetusWords: readonly string[] = ['fetus', 'foetus', 'fetal', 'foetal'];
