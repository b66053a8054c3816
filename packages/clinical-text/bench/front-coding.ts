/** Sorted words in lines: each as the number of letters that it shares with the one before it, and the rest. */
export const frontCoded = (words: readonly string[], longest = 1500): string[] => {
  const lines: string[] = [];
  let previous = '';
  let line = '';
  for (const word of words) {
    let shared = 0;
    while (shared < 9 && shared < previous.length && previous[shared] === word[shared]) shared++;
    line += shared + word.slice(shared);
    previous = word;
    if (line.length > longest) {
      lines.push(line);
      line = '';
    }
  }
  lines.push(line);
  return lines;
};
