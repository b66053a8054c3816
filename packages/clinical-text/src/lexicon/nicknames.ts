/** Short forms that a note may use for a given name that was passed in, each line one name and its forms. */
export const nicknames: readonly (readonly string[])[] = `
  william bill billy will willie liam
  robert bob bobby rob robbie bert
  richard dick rick ricky rich richie
  james jim jimmy jamie
  john jack johnny
  joseph joe joey
  thomas tom tommy
  charles charlie chuck chas
  edward ed eddie ted teddy ned
  george georgie
  henry harry hal hank
  michael mike mick mikey micky
  david dave davy
  daniel dan danny
  matthew matt
  andrew andy drew
  anthony tony ant
  christopher chris kit
  nicholas nick nicky
  stephen steve stevie
  patrick pat paddy
  samuel sam sammy
  benjamin ben benny
  alexander alex alec sandy sasha xander
  frederick fred freddie freddy
  albert al bert bertie
  alfred alf alfie fred
  arthur art artie
  donald don donnie
  douglas doug
  francis frank frankie
  gerald gerry jerry
  gregory greg
  jeffrey geoffrey jeff geoff
  kenneth ken kenny
  lawrence laurence larry laurie
  leonard len lenny leo
  peter pete
  philip phil pip
  raymond ray
  ronald ron ronnie
  terence terry
  timothy tim timmy
  victor vic
  vincent vince vinny
  walter walt wally
  zachary zach zack
  elizabeth liz lizzie beth betty bess bessie eliza elsie libby lisa betsy
  margaret maggie meg peggy peg madge marge margie daisy greta rita
  mary molly polly may mamie maire
  catherine katherine kathleen kate katie cathy kathy kitty kay kit
  anne ann annie nan nancy
  dorothy dot dottie dolly
  florence flo florrie
  frances fran francie frankie
  helen ellen nell nellie lena
  eleanor ellie nell nellie nora
  jane janet jenny janie
  jennifer jen jenny
  jessica jess jessie
  joan joanie
  josephine jo josie
  judith judy
  patricia pat patsy patty trish tricia
  rebecca becky becca
  sarah sally sadie
  susan suzanne sue susie suzy
  theresa teresa terry tess tessa
  victoria vicky vicki tori
  virginia ginny
  barbara barb babs
  beatrice bea trixie
  bridget bridie biddy
  christina christine chris chrissie tina
  deborah deb debbie
  emily em emmy
  gertrude gertie trudy
  isabella isabel bella izzy
  jacqueline jackie
  kimberly kim
  lucy lu lulu
  matilda tilly mattie
  mildred millie
  pamela pam
  philomena phil mena
  rosemary rose rosie
  samantha sam sammy
  sandra sandy
  winifred winnie freda
  aoife effie eva
  mohammed muhammad mohamed mo
  abdul ab
`
  .trim()
  .split('\n')
  .map((line) => line.trim().split(' '));

/** Types of street as they are written in full and short. */
export const streetShortForms: Readonly<Record<string, readonly string[]>> = {
  street: ['st', 'str'],
  road: ['rd'],
  avenue: ['ave', 'av'],
  lane: ['ln', 'la'],
  drive: ['dr', 'drv'],
  close: ['cl'],
  court: ['ct', 'crt'],
  crescent: ['cres', 'cr'],
  gardens: ['gdns', 'gdn'],
  terrace: ['ter', 'terr', 'tce'],
  place: ['pl'],
  square: ['sq'],
  boulevard: ['blvd'],
  parkway: ['pkwy'],
  highway: ['hwy'],
  straße: ['str', 'strasse'],
  strasse: ['str', 'straße'],
};
