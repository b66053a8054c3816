const words = (text: string): string[] => text.trim().split(/\s+/);

/**
 * Identities to plant: real kinds of names that stand in no lexicon of the engine (a test checks each word). Given
 * names and surnames of many origins, so that the engine must find them by what surrounds them.
 */
export const surrogateGiven: readonly string[] = words(`
  Zbigniew Oluwaseun Thandeka Eirwen Caoimhe Anneliese Bartholomeu Dragomir Evangelia Fritjof Gwenllian Hjalmar Iolanthe Jadwiga Kwabena Leocadia
  Mirabelle Nkechi Ottoline Perpetua Quentillon Roswitha Sigourney Takumi Ulyana Valborg Wulfric Xiomara Yevgenia Zuleika Ambrosius Birgitta Cressida
  Dorothea Eleftheria Florimond Ginevra Hortensia Ignatius Jocasta Klementina Lysander Melisande Nicodemus Octavia Philippa Rosalinda Severin Thaddeus
  Ursuline Venetia Wilhelmina Yolande Zenobia Araminta Bronwyn Casimir Demetrius Eudora Fenella
`);
export const surrogateFamily: readonly string[] = words(`
  Abernethy Brzezinski Culpepper Dovzhenko Eberhardt Featheringill Gwozdz Hallquist Iturralde Jablonski Kvaratskhelia Lindenbaum Mbeki Nakagawa Oyelaran
  Przybylski Quattlebaum Rautenbach Szczepanski Tchividjian Umezulike Vanterpool Wojciechowski Xanthopoulos Yarborough Zwicker Aldersgate Bickerstaff
  Crowninshield Delacroix Etcheverry Fothergill Gildersleeve Havisham Ingersoll Jankauskas Kirchhoff Loughlin Mountbatten Nightengale Ollerenshaw
  Pemberton Quesenberry Ravenscroft Satterthwaite Threlkeld Uttley Vaillancourt Winterbourne Youngblut Zubrzycki Arkwright Bonaventura Chatterjee
  Dombrowski Ezekwesili Fairweather Guttormsen Heatherington Imanaliev Jorgensen Kaczmarek Lattimore Mukherjee Ndiaye Ostrowski Papadopoulos Rasmussen
  Skarsgard Tomaszewski Uchenna Venkataraman Weatherspoon Yamashita Zielinski Bhattacharya Cholmondeley Drinkwater Entwistle Fitzwilliam Grzybowski
  Hollingsworth Ivanchenko Jedlicka Karunaratne Ljungberg Mazurkiewicz Nordquist Okonkwo Pfefferkorn Rodenbaugh Stjernholm Trevelyan Vandersloot
`);
export const surrogateTowns: readonly string[] = words(`
  Quillmont Brackenfell Tavistead Ossipaw Wexcombe Harkaway Millbrae Ponchatoula Skaneateles Wetumpka Zelienople Punxsutawney Chickasha Ypsilanti
  Tehachapi Okeechobee Mamaroneck Conshohocken Tonawanda Kalispell Ashtabula Winnemucca Bozeman Kearney
`);
export const surrogateStreets: readonly string[] = words(`
  Larkmead Thistlewood Wynkoop Chesterbrook Hawthorndale Bellechasse Kingsessing Mulberrygate Perrysville Tuckahoe Winthrop Ridgecrest
`);
export const surrogateDomains: readonly string[] = words('quillmail.net tavistead.org wexcombe.com ossipaw.net');
export const surrogateInstitutions: readonly string[] = [
  '{town} General Hospital',
  '{town} Medical Center',
  '{family} Memorial Hospital',
  'University of {town}',
  '{town} Clinic',
  'St. {given} Hospital',
  '{town} Regional Medical Center',
  '{family} Cancer Institute',
  '{town} Health System',
  '{town} Nursing Home',
  '{family} and {family} Medical Associates',
  '{town}',
];
