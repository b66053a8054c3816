import { words } from './words.ts';

/** Common surnames of the United States, from general knowledge. */
export const surnames: readonly string[] = words(`
  smith johnson williams brown jones garcia miller davis rodriguez martinez hernandez lopez gonzalez wilson anderson thomas taylor moore jackson martin
  lee perez thompson white harris sanchez clark ramirez lewis robinson walker young allen king wright scott torres nguyen hill flores green adams nelson
  baker hall rivera campbell mitchell carter roberts gomez phillips evans turner diaz parker cruz edwards collins reyes stewart morris morales murphy
  cook rogers gutierrez ortiz morgan cooper peterson bailey reed kelly howard ramos kim cox ward richardson watson brooks chavez wood james bennett gray
  mendoza ruiz hughes price alvarez castillo sanders patel myers long ross foster jimenez powell jenkins perry russell sullivan bell coleman butler
  henderson barnes gonzales fisher vasquez simmons romero jordan patterson alexander hamilton graham reynolds griffin wallace moreno west cole hayes
  bryant herrera gibson ellis tran medina aguilar stevens murray ford castro marshall owens harrison fernandez mcdonald woods washington kennedy wells
  vargas henry chen freeman webb tucker guzman burns crawford olson simpson porter hunter gordon mendez silva shaw snyder mason dixon munoz hunt hicks
  holmes palmer wagner black robertson boyd rose stone salazar fox warren mills meyer rice schmidt garza daniels ferguson nichols stephens soto weaver
  ryan gardner payne grant dunn kelley spencer hawkins arnold pierce hansen peters santos hart bradley knight elliott cunningham duncan armstrong
  hudson carroll lane riley andrews alvarado ray delgado berry perkins hoffman johnston matthews pena richards contreras willis carpenter lawrence
  sandoval guerrero george chapman rios estrada ortega watkins greene nunez wheeler valdez harper burke larson santiago maldonado morrison franklin
  carlson austin dominguez carr lawson jacobs obrien lynch singh vega bishop montgomery oliver jensen harvey williamson gilbert dean sims espinoza
  howell li wong reid hanson le mccoy garrett burton fuller wang weber welch rojas lucas marquez fields park yang little banks padilla day walsh bowman
  schultz luna fowler mejia davidson acosta brewer may holland juarez newman pearson curtis cortez douglas schneider joseph barrett navarro figueroa
  keller avila wade molina stanley hopkins campos barnett bates chambers caldwell beck lambert miranda byrd craig ayala lowe frazier powers neal leonard
  gregory carrillo sutton fleming rhodes shelton schwartz norris jennings rivas duran ochoa schroeder pacheco peck valencia underwood hardy marsh
  kramer hale bush obrian stein sharp gill bauer fitzgerald vaughn doyle maxwell mccarthy owen roy casey lang moran doherty oconnor donnelly
  oneill mcmahon mckenzie mclaughlin maccarthy macdonald mcguire mcbride mcgrath mckinney mcdaniel mccormick mcintyre mcclure mcgee mckay mclean
  cohen levine goldberg goldman friedman kaplan katz rosenberg rosen rubin shapiro silverman weinstein feldman greenberg bernstein epstein horowitz
  kumar sharma gupta shah khan ahmed ali hussain malik rao reddy iyer nair mehta desai joshi chaudhry kapoor verma mishra agarwal bhatt das
  zhang liu huang zhao wu zhou xu sun zhu lin guo ma gao luo zheng liang xie tang choi jung kang cho yoon jang lim han tanaka suzuki sato watanabe ito
  yamamoto nakamura kobayashi kato yoshida yamada sasaki pham hoang phan vu dang bui ngo duong truong huynh dao santos reyes cruz bautista ocampo
  kowalski nowak wisniewski lewandowski novak horvath petrov ivanov smirnov volkov popov sokolov kuznetsov rossi russo ferrari esposito bianchi romano
  colombo ricci marino greco bruno gallo conti deluca mancini costa giordano rizzo lombardi moretti muller schulz fischer becker zimmermann braun
  hofmann kruger hartmann werner krause lehmann schmitt maier kohler herrmann walter peterson dubois durand leroy moreau laurent lefebvre michel
  jansen devries vandyke vanderberg larsen nielsen petersen andersen eriksson johansson svensson lindqvist berg hagen dahl strand silva souza oliveira
  okafor mensah diallo traore abdi hassan mohamed osei boateng adeyemi blackman conway purdy purcell mccall sinclair galloway whitaker blackwell
  hutchinson middleton livingston abbott atkins baldwin barber barker bartlett bass baxter becker benson blair blake blanchard bond bowen bowers boyle
  bradford brady branch bridges briggs brock bruce buchanan buckley bullock burgess burnett byrne cain calhoun cannon carey carlisle carson cash chandler
  chase christensen church clarke clayton cline cobb cochran combs conley conner connolly conrad cooke crane cross crosby dalton daugherty davenport decker
  dickerson dillon donovan dorsey dudley duffy durham dyer eaton emerson english erickson farley farmer farrell finley fischer fletcher floyd flynn foreman forbes fritz frost fry gallagher gates gentry gibbs giles glass glenn glover golden good goodman goodwin gould graves greer griffith grimes gross
  hahn hampton hancock harmon harrell hatfield haynes heath hebert hendricks hendrix henson herman hess hester hickman higgins hines hinton hobbs hodge
  hodges holden holloway holt hood hooper hoover horn horton house houston howe hubbard huff huffman hull humphrey hurley hurst ingram irwin
`);
