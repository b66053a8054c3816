// What a number or a word may be in a date.
export const isYear = (word: string): boolean => /^(?:19|20)\d\d$/.test(word);
export const isDay = (word: string): boolean => /^\d{1,2}$/.test(word) && Number(word) >= 1 && Number(word) <= 31;
export const isMonth = (word: string): boolean => /^\d{1,2}$/.test(word) && Number(word) >= 1 && Number(word) <= 12;
export const isShortYear = (word: string): boolean => /^\d\d$/.test(word);
export const isMark = (word: string | undefined): boolean => word === '/' || word === '-' || word === '–';
export const isSuffix = (word: string | undefined): boolean => word !== undefined && /^(?:st|nd|rd|th)$/.test(word);
export const isDose = (word: string | undefined): boolean =>
  word !== undefined &&
  /^(?:mg|mcg|ml|tabs?|tablets?|caps?|capsules?|units?|g|%|days?|weeks?|months?|years?|yrs?|times|hours?|hrs?|puffs?|x|°|c|f)$/.test(
    word,
  );
