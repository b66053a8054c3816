import { words } from './words.ts';

/** Given names beyond those common in the United States, from general knowledge. */
export const moreGivenNames: readonly string[] = words(`
  bo mo vi oisin saoirse aoife ciara clodagh cormac cathal conor diarmuid donal eamon eilis eoin fergal fintan fionnuala gearoid grainne killian lorcan maeve mairead malachy oonagh orla padraig padraic ronan
  roisin ruairi sinead sorcha tadhg ultan una bronagh dearbhla deirdre imelda attracta concepta assumpta colm cillian darragh dermot enda ailbhe aisling muireann nuala
  ewan euan callum alasdair ailsa catriona eilidh finlay iain innes isla kirsty lachlan mairi morag murdo rory rhona shona senga struan fraser gregor gillian lorna moira
  aled alun angharad anwen bethan bronwen carys catrin ceri cerys delyth dilys eira eirlys emlyn emrys eurwen ffion geraint gethin glenys gwen gwilym gwyneth huw idris ieuan ifan iestyn iwan llewellyn
  lowri mair meinir meirion menna myfanwy nerys nia olwen owain rhiannon rhodri sian sioned tegwen tudor tomos
  alfie archie barnaby bertram cedric clarence clement cuthbert cyril desmond digby dudley edmund edwin ernest eustace evelyn ferdinand geoffrey godfrey hector horace hubert humphrey jarvis jasper jeremy
  jocelyn julian kenneth kieran kevin lancelot lionel ludovic malcolm montague mortimer neville noel orlando oswald percival percy peregrine quentin quinton randolph reginald rupert rufus sebastian septimus
  sinclair stewart sylvester tarquin terence tobias toby vernon wilfred wilfrid winston zachary alistair
  adelaide agatha agnes alma amabel annabel annabelle antonia arabella augusta beatrice beatrix belinda bernadette beryl bettina bridget bridie cassandra cecilia cecily celeste celestine clarissa clementine
  constance coralie cordelia cynthia daphne davina deanna delia della doreen edwina effie eileen eleanora elspeth emmeline enid erica estelle eugenia eunice euphemia flora frederica gaynor
  georgiana georgina gertie gillian greta griselda gwenda hermione hester hilary honor hyacinth imogen ione isabella isadora isobel jacinta jemima jessamy joyce josephina kathleen kirsten lavinia leonora letitia
  lettice lilian linnet louisa lucinda ludmilla lydia mabel madeleine magdalena maisie marcella marguerite marigold marina mathilda matilda maud maude mavis millicent minerva morwenna muriel myrtle nerissa
  nesta nicola noreen olga oonagh ophelia ottilie pamela penelope petronella petra phoebe portia primrose prudence queenie rhoda romilly rosalind rosamund rosemary rowena roxana sabina selina
  seraphina sheena sibyl sidonie sophie stella susannah sybil tabitha tamsin thea theodora theresa thomasina tilda tilly ursula verity veronica viola vivienne winifred xanthe yvonne zara zelda
  tamika lakisha latasha latonya keisha shaniqua tanisha tyrone jamal deshawn darnell lamar marquis terrell tyrell kareem malik rasheed jermaine ebony aaliyah imani nia keziah shanice chantelle
  mohamed mohammad muhammed mohamad ahmad mahmoud mustafa osama tariq khalid khaled bilal hamza imran usman umar asif aisha ayesha amina aminah fatimah hafsa hamid hana hassan huda iman jamila karim khadijah
  layla leila mariam maryam mehmet nadia najma nasreen nasir nazia noor nour rabia rahim rashid reza rukhsana saeed safiya saira salma samir samira sana shabana shahid shazia soraya sumaya syed tahira wahid
  yasmin yasmeen yasir younis yousef youssef zahra zainab zubair zeynep emine ayse fatma elif hatice hakan murat emre serkan gulsen
  aarav abhishek aditi aditya ajay akash akshay amrita ananya anand anjali ankita anupam aparna archana aravind aruna asha ashok ashwin avinash balakrishnan bhavna chandra charu deepa deepika devi dinesh divya
  durga ganesh gauri gautam geeta girish gopal gurpreet hari harish harpreet hemant indira ishaan jagdish jaya jayesh jaswinder kalpana kamala kamlesh karthik kavita kiran kishore krishna kuldeep kumar lakshmi lalita
  lata madhavi mahesh manish manjit manoj meena meera mohan mohinder mukesh nandini narayan narendra naveen neeraj nilesh nirmala nisha nitin padma pankaj parvati pradeep prakash pramod prasad prashant
  pratima preeti prem rajan rajendra rajesh rajiv rakesh ramesh ranjit rashmi rekha rohan rohit rupa sachin sandeep sangeeta sarita satish savita seema shankar shanti sharada shilpa shreya shweta siddharth sneha
  sonal srinivas subhash sudha suman sunil suresh sushila swati tejas uma usha vandana varun venkat venkatesh vidya vikram vinay vinod vishal vivek yash
  abena abimbola adaeze adebayo ade adeola adewale afia akosua akua amaka ama ayodele ayo babatunde bolanle bukola chiamaka chidi chidinma chike chinedu chinwe chioma chukwuemeka damilola ebele ekow emeka efua esi folake
  funmilayo femi ifeoma ifeanyi ijeoma ikechukwu kehinde kelechi kofi kojo kwaku kwame kwesi lola mfon nana ngozi nkiru nneka nnamdi obinna oluchi olufemi olumide olusegun omolara onyeka osas
  segun seun sola taiwo temitope titilayo tobi tolu tunde uche ugochi wale yaa yaw yetunde yemi zanele thabo sipho themba nomvula lindiwe bongani tendai tatenda farai chipo rutendo wanjiru njeri kamau otieno
  akinyi achieng mwangi kipchoge abebe tesfaye selam bekele haile almaz hiwot
  agnieszka andrzej anna barbara beata bogdan boguslaw czeslaw danuta dariusz dorota elzbieta ewa grazyna grzegorz halina henryk irena iwona jacek jan janina janusz jarek jaroslaw jerzy joanna jolanta jozef
  kamil karol katarzyna kazimierz krystyna krzysztof leszek maciej magda malgorzata marcin marek maria mariusz marta mateusz michal miroslaw monika pawel piotr przemyslaw rafal renata ryszard slawomir stanislaw
  stefan sylwia szymon tadeusz teresa tomasz urszula waldemar wieslaw witold wlodzimierz wojciech zdzislaw zofia zygmunt andrei bogdana cristian dumitru elena florin gheorghe ioana ion ionela lenuta marius
  mihai mihaela nicolae radu razvan simona stefania vasile viorica milos zoran dragan goran ivana jelena jovana marija milan mirjana nenad nikola predrag radmila slobodan snezana vesna zeljko aleksandr aleksei
  anastasia dmitry ekaterina galina igor irina ivan konstantin larisa ludmila mikhail nadezhda nikolai oksana oleg olena pavel sergey svetlana tamara tatiana taras vadim valentina vasyl volodymyr yelena yulia yuri
  annegret bernd bernhard bettina birgit brigitte christa christoph detlef dieter dietrich elfriede elke ernst erna eberhard erika franz friedrich fritz gerda gerhard gisela gottfried gudrun gunter günter
  günther hannelore hans-peter hedwig heike heiner heinrich helga helmut herta hildegard horst ilse inge ingeborg irmgard jochen johanna johannes josef jürgen jörg jutta karin karl-heinz käthe klaus kurt lieselotte
  liselotte lothar ludwig manfred margarete margit margot marlies matthias mechthild monika norbert olaf otto petra rainer reinhard reinhold renate rüdiger rolf rosemarie sabine siegfried sieglinde sigrid
  silke susanne thorsten torsten traudel traute ulrich ulrike ursula ute uwe volker waltraud walter werner wilfried wilhelm winfried wolfgang
  amelie antoine aurelie benoit camille celine christophe claude clement colette didier dominique eloise emilie etienne fabien fabrice francine francois françois françoise gaston genevieve georges guillaume
  helene henri isabelle jacqueline jean-pierre jerome josette julien laurent lucien luc madeleine manon marcel marguerite marie-claire mathieu maxime mireille monique nathalie nicolas odette olivier pascal
  philippe pierrette remy rene renee romain sandrine simone solange sophie stephane sylvain sylvie thierry veronique virginie yannick yves yvette
  alejandra alejandro alfonso alonso amparo araceli beatriz benito blanca carlota carmen catalina cecilia cesar concepcion cristobal cruz diego domingo eduardo efrain emilio enrique esteban eugenio
  federico felipe felix fermin fernanda gerardo gilberto gonzalo guillermo gustavo humberto ignacio ines ismael jacinto jaime jimena joaquin josefina josue julieta leonardo leticia lucia luisa luz magdalena marcela
  margarita mariana marisela martina mateo matias mauricio maximo mercedes milagros montserrat natividad nicolas octavio olivia pablo paloma paz pascual ramiro raquel remedios reyes rocio rodolfo rodrigo rogelio rosalba
  rosaura ruben salvador santiago saul silvia socorro soledad susana teodoro tomas trinidad valentina vicente ximena yadira yesenia yolanda zoila
  agostino alberto alessandra alessandro alessia andrea angela antonella arianna beatrice benedetta bruno carlo carmela caterina cesare chiara claudio concetta cosimo daniela dario davide domenico donatella elisabetta
  enzo fabio federica filippo flavia gabriele gaetano gennaro giacomo gianluca gianni giorgio giulia graziella ignazio ilaria lorenzo luciano luigi marcello margherita matteo maurizio michela michele nicoletta
  ornella paola pasquale pietro raffaele riccardo rocco rosa salvatore serena silvano silvio simona stefano tommaso umberto valeria vincenzo vito vittoria
  xiaoming xiaoyan xiu ying yun zhang-wei zhen zhi bao chun dong fang feng guang hong-mei hua jian jiayi jie juan-li lan lei lihua liang lijuan lin ling mingzhu na ning ping qiang qing rong shan shu tao wen xia xiang xiaoli xue
  yang yifan yuan yuchen zihan haruto yuto sakura hina aoi sota ren hinata minato akira daisuke emiko fumiko haruka hideo ichiro isamu kazuko kazuo keiji kiyoshi mariko masako masao michiko midori minoru mitsuko naoko noboru
  noriko reiko ryo sachiko satoshi shigeru shinji shizuko sumiko susumu tadashi takeshi tetsuo tomiko toshiko tsutomu yasuko yoko yoshiko yoshio yukiko yumi yutaka minh nguyet phuong quang quynh thanh thao thuy trang trinh tuan
  tuyet xuan duc dung hanh hien hieu hoa hoang huong khanh lien linh loan mai ngoc nhung jihoon minjun seoyeon jiwoo hyun eunji soojin sunhee youngsook kyung myung sang-hoon
  ariadne dimitrios dimitris eleni georgios giorgos ioannis katerina konstantinos kostas maria-eleni nikos panagiotis spiros stavros theodoros vasiliki yannis anders astrid bjorn björn dagny eino freja
  gunnar gustav hakon halvard henrik ingvar jens kaarina kirsten kjell lars leif liv magnus mads matti mikko niels ole oskar per-olof pekka ragnhild rasmus sigrun siv solveig sven thor torbjorn tove ulf
  abigael adah adelina adriana alannah aleksandra alena aleta alethea alina alisha alison alissa alita allegra althea alyssa amalia amara anabel anastasia andreas angelica angelina anika anneke annika anoushka anthea
  apollonia arlene arlo athena audra aurelia aurora ayana azalea bailey-rose bao-yu bartholomew beckett benedict benedikt bernice bettye blythe bodhi braxton breanna brenna bryony caitlin caitriona calista callista
  candice carina carissa carlotta carmel carolina caspian cassidy chantal charlene charmaine cherise cheyenne christabel cindy claudette claudia coby cody colton corinne cosima courtney dahlia dakota dallas damian damon
  danica daria darcy darlene delilah demi desiree devon dexter dimitri dina dionne donovan dulcie dwayne edda eden eliana elinor eliza ellie elodie eloisa elvira emery emmanuel ember emmett erin ernestine esme esmeralda estella
  everett ezekiel faye felicity fern finn finnegan fleur frances freya gemma genevieve gia gideon giselle griffin hadley harlow harriet hattie heath helena henrietta hugo india ines ingrid iona ira isaiah isla ivor ivy
  jacinda jada jaden jaxon jayne jean-luc jed jeremiah joel joelle jonah jonas josiah jovita judah kaitlyn kara kasper keira kelsey kenji kerry kezia kian kirk kitty knox kyra lacey laila lana leander leigh lena leon leonie
  leopold levi lexie lila liliana linus lola lorelei lorenza lorraine luella lukas lyra mackenzie maddison maddox maia malia mallory marcia mariella marissa marlon maxwell meadow melissa merle mila milena milo minna
  miriam mira mitzi nadine naomi natalia natasha nathaniel nell nettie nevaeh nico nigel nina noelle odin olive orson otis paige paris pascoe patience patrick paulette pearl perla petunia peyton philomena pippa
  piper polly quincy quinn rafael raphael raven reece reggie reid remi reuben rex rhett rhys rita roman romy ronnie rosalyn rosie rowan roxanne ruben ruth ryan sabrina salome samson saskia savannah sawyer scarlet serena shane
  shawna shayla sheila sienna simeon skye solomon sonya stefanie sterling suki suzette sydney talia tara tatum tess tessa theo tiana tierney tom tristan trixie tyler uriah valentino vera vidal viggo vincent violetta
  wade walker waverley wendell wesley whitney wyatt xavier yara yvette zachariah zander zeke zelma zion zora zuzanna
`);

/** Surnames beyond those common in the United States, from general knowledge. */
export const moreSurnames: readonly string[] = words(`
  ashworth pickering ashby atkinson aspinall bancroft barraclough beckett blackwood bottomley bradshaw braithwaite brearley broadbent butterworth cartwright chadwick clough cockcroft connaughton copley
  crabtree crowther cuthbertson dalgleish davenport denholm dewhurst drummond duckworth dunphy earnshaw eastwood fairbairn fairclough farquhar farrelly featherstone fotheringham gallagher galbraith gilchrist
  gilmour gledhill goldsmith goodfellow grimshaw haigh hainsworth halliday hardcastle hargreaves haslam hathaway heaton hepworth heseltine higginbotham hindle holroyd horsfall houghton illingworth ingham jowett
  kenworthy kershaw lockwood longbottom lumb machin mallinson mcallister mcalpine mcarthur mcbride mccabe mccafferty mccallum mccann mccarthy mccartney mcclelland mccluskey mcconnell mccormack mccormick mccracken mccrae
  mccullough mcdermott mcdonagh mcdonnell mcdougall mcelroy mcevoy mcfadden mcfarlane mcgarry mcgee mcgill mcginley mcginty mcgovern mcgowan mcgrath mcgregor mcguinness mcguire mchugh mcilroy mcintyre mckay mckee mckenna
  mckenzie mckeown mckinley mckinney mclaren mclaughlin mclean mcleod mcloughlin mcmahon mcmanus mcmillan mcmullen mcnally mcnamara mcneil mcneill mcnulty mcpherson mcqueen mcshane mcsweeney metcalfe micklethwait
  midgley murgatroyd naylor nuttall ogden ormerod openshaw ramsbottom ramsden rawlinson redfern riddell rowbotham sagar scholes schofield shackleton shuttleworth sidebottom stansfield sutcliffe swinburne tattersall
  thistlethwaite threlfall thwaite tordoff wadsworth walmsley wharton whittaker whitworth wigglesworth winterbottom wolstenholme woodhouse wormald wrigley yardley
  ahern aherne boyle brannigan breen brennan broderick buckley byrne callaghan callanan carmody carolan casey cassidy clancy cleary coakley colgan comerford concannon connolly conroy considine coogan corcoran corrigan cosgrave costello
  coughlan cronin cullen culligan cunniffe curley curran cusack daly darcy deasy delaney dempsey dermody desmond devane devine devlin dillon dineen doherty dolan donnellan donnelly donoghue donohue donovan doran dowd dowling doyle
  driscoll duffy dunne egan fahey fahy fallon farrell feeney fenton finnegan finnerty fitzgerald fitzgibbon fitzmaurice fitzpatrick fitzsimons flaherty flanagan flannery foley fogarty gaffney gallivan galvin gannon
  garvey geraghty gilligan gilroy gleeson gormley gorman grogan hackett halloran hanafin hanlon hanrahan harkin hartigan haughey healy heffernan hennessy heraghty hickey hoban hogan horan houlihan hurley hynes joyce kavanagh keane
  keating keaveney keegan keeley keenan kehoe kelleher kenneally kenny keogh kerrigan kiely kiernan kilbride kilgallon killeen kinsella kirwan lacey lafferty laffan lally larkin lavelle leahy leary lenihan loftus looney lonergan 
  loughnane lyons mackey madigan magee maguire maher mahoney mahony malone maloney mangan mannion meagher meehan melia moloney monaghan mooney moran moriarty moynihan mulcahy mulhern mullan mullen mulligan mullins murtagh nagle nolan noonan
  nugent oakley obrien ocallaghan oconnell oconnor odonnell odonoghue odowd odriscoll odwyer oflaherty ogorman ograda ohagan ohalloran ohanlon ohara okane okeeffe oleary omahony omalley oneill oreilly oriordan orourke oshaughnessy
  oshea osullivan otoole phelan prendergast prunty purcell queally quigley quinlan quinn quirke rafferty reddin redmond regan reidy reilly riordan roche rooney rourke ruane ryan scanlan scanlon scully shanahan shanley sheehan sheehy shelly
  sheridan shevlin shortt slattery slevin spillane stapleton sweeney talty tierney toolan tobin toomey tracey treacy tuohy twomey tynan waldron whelan woulfe
  abercrombie auchterlonie baird balfour buchanan cameron carmichael carnegie carruthers cathcart colquhoun crichton cruickshank dalrymple dalziel dunbar dunlop farquharson fergusson forsyth galloway geddes gillespie guthrie
  haldane heriot jardine kinnear kirkpatrick laidlaw leckie lennox leslie lockhart lorimer macallister macarthur macaulay macbeth macdonald macdougall macgregor macintyre mackay mackenzie mackintosh maclean macleod macmillan macneil
  macpherson maitland menzies moncrieff montgomerie muir napier nisbet ogilvie paterson pringle rattray ruthven sinclair strachan sutherland tulloch urquhart wedderburn wemyss
  bevan beynon bowen cadwallader ceredig craddock eynon gethin gittins glyndwr gruffudd gruffydd gwynne harries havard hopkins howells jenkin llewelyn llewellyn lloyd maddocks meredith merrick morgans mostyn penry powys probert prosser
  prothero pryce prydderch pugh rees rhydderch rhys rosser treharne vaughan
  abdi abdullah abdullahi adebayo adeleke adesanya adewale afolabi agyeman ahmadi akhtar akinola akintola ali-khan amoah anand ansah ansari appiah arora asante asamoah aziz babatunde badu bakare balogun banerjee bangura begum
  bhatt bhatti boateng bose chakraborty chandrasekaran chaudhary chaudhry chaudhuri choudhury chukwu danso darko das dasgupta desai deshmukh deshpande dhillon diallo egwuatu eze ezenwa fernando fofanah gandhi
  ganesan gill-singh gopalakrishnan goswami grewal gupta gyamfi hashmi hossain hussain iqbal iyer jain jalloh jayasuriya jeyaraj johal joshi kamara kapoor kaur khalil khan khanna koroma krishnamurthy krishnan kulkarni kumari lawal
  mahmood malhotra malik mehta mensah mirza mishra mistry murthy nair naidoo naidu narayanan nwachukwu nwosu nkrumah obi odunayo ofori ogunleye ojo okafor okeke okoro okoye oladipo olawale olayinka
  oluwole onyango oppong osei osman otieno owusu pandey parekh parmar patil pillai prasad qureshi rahman raman ramachandran ramaswamy rana rao rashid rathore raza reddy saeed sahota sandhu sanghera santhanam sarkar
  sesay shah shaikh sharma sheikh shukla siddiqui sidhu singhal solanki srinivasan subramaniam subramanian sultana suresh swaminathan tagoe tanaka thakur thapa tiwari trivedi uddin umeh usmani varma verma viswanathan
  warsame wickramasinghe yadav yeboah yusuf zaman
  adamczyk baran borkowski chmielewski czarnecki dabrowski dudek duda gajewski glowacki gorski grabowski jakubowski jankowski jaworski kalinowski kaminski kowalczyk kowalski kozlowski krawczyk krol
  kubiak kucharski kwiatkowski lewandowski lis majewski malinowski marciniak mazur michalski mroz nowak nowakowski nowicki olszewski pawlak pawlowski piotrowski pietrzak rutkowski sadowski sawicki sikora sokolowski
  stepien szewczyk szymanski urban walczak wieczorek wisniewski witkowski wojcik wozniak wrobel wroblewski zajac zakrzewski zalewski zawadzki ziolkowski popescu ionescu popa
  radu dumitru stoica stan gheorghe rusu munteanu matei constantin jovanovic petrovic nikolic markovic djordjevic stojanovic ilic horvat kovacevic babic maric novak kovac ivanov petrov sidorov smirnov kuznetsov popov vasiliev
  sokolov mikhailov novikov fedorov morozov volkov shevchenko bondarenko kovalenko tkachenko kravchenko oliynyk
  albrecht arndt bachmann bauer baumann beckmann bergmann böhm brandt braun busch dietrich engel ernst fiedler fischer förster frank franke friedrich fuchs geiger gerlach giese graf groß großmann günther haas
  hahn hartmann heinrich heinz herrmann hofmann huber jäger jahn kaufmann keller klein koch köhler könig krämer kraus krause krüger kuhn kühn kunz lang lange lehmann lorenz ludwig maier marx mayer meier meissner meißner möller müller
  naumann neumann otto peters pfeiffer pohl richter roth sauer schäfer scherer schmid schmitt schmitz scholz schreiber schröder schubert schulte schulz schulze schumacher schuster schwarz seidel simon sommer stein
  steiner thiele vogel vogt voigt voss wagner walter weiß werner winkler winter wolf wolff ziegler zimmermann gruber pichler moser leitner hofer eder egger brunner aigner steinbacher
  moreau lefebvre leroy roux garnier faure rousseau blanc guerin boyer chevalier lambert bonnet francois fontaine lemaire gauthier perrin morel dumont dufour leclerc fournier mercier dupont durand laurent lacroix girard
  tremblay gagnon bouchard cote gagne ouellet pelletier belanger levesque bergeron leblanc paquette boucher caron beaulieu cloutier dube poirier lapointe desjardins lavoie
  rossi russo ferrari esposito bianchi romano colombo ricci marino greco bruno gallo conti deluca costa giordano mancini rizzo lombardi moretti barbieri fontana santoro mariani rinaldi caruso ferrara galli martini leone longo gentile
  martinelli vitale pellegrini palumbo sanna farina ferri fabbri marchetti
  almeida azevedo barbosa cardoso carvalho correia duarte fonseca goncalves magalhaes marques mendes monteiro moreira nascimento oliveira pacheco pinheiro pinto queiroz ribeiro rocha rodrigues sousa souza tavares teixeira vieira
  aguirre arroyo avila barajas barrera becerra benavides bravo cabrera calderon camacho cardenas carrasco carrillo castaneda cervantes cisneros contreras cordova cortes duran enriquez esparza espinosa fuentes gallegos galvan gamboa guevara
  huerta ibarra jaramillo lara leal lozano lucero macias mares melendez meza miranda molina montes montoya mora navarrete nieto ochoa olivares orozco ortega osorio palacios pantoja paredes peralta pineda ponce quintero rangel rendon
  rincon rivas robles rosales rosas rubio salas salgado salinas saldana sepulveda serrano sierra solano solis sosa tapia tellez trejo trevino trujillo uribe valencia valenzuela velasco velasquez velez venegas vera vidal villa
  villalobos villanueva villarreal villegas yanez zamora zapata zavala zuniga
  nakamura suzuki takahashi watanabe yamamoto kobayashi yoshida yamada sasaki matsumoto inoue kimura hayashi shimizu yamazaki mori abe ikeda hashimoto ishikawa ogawa okada hasegawa fujita goto murakami kondo fujii nishimura
  zhang zhao huang zhou xu sun ma zhu hu guo gao luo zheng liang xie tang feng deng cheng peng zeng xiao tian dong pan yuan cai jiang yu du wei ding ren lu yao shen zhong jia xia fu qin pham huynh hoang phan vu vo dang bui
  duong dinh choi jung kang cho yoon jang lim han seo shin kwon hwang ahn hong
  papadakis georgiou nikolaidis vlachos karagiannis demetriou christodoulou andersson johansson karlsson nilsson eriksson larsson olsson persson svensson gustafsson pettersson lindberg lindqvist jensen nielsen
  pedersen christensen sorensen madsen kristensen olesen berg haugen hagen johannessen korhonen virtanen makinen nieminen yilmaz kaya demir celik sahin yildiz ozturk aydin arslan dogan kilic
  vandenberg deboer dejong devries vanderberg bakker visser smit dekker mulder bosman peeters janssens maes jacobs willems claes goossens wouters 
`);
