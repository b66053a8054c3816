import { words } from './words.ts';

/** British, Irish, Canadian, Australian and German names, brands and shorthand that the other lists lack. */
export const otherMarketDrugs: readonly string[] = words(`
  paracetamol co-codamol co-dydramol co-amoxiclav co-trimoxazole co-beneldopa co-careldopa co-amilofruse co-magaldrox co-danthramer co-proxamol co-tenidone co-phenotrope
  salbutamol terbutaline bendroflumethiazide bendrofluazide gliclazide cefalexin cefradine flucloxacillin pivmecillinam fosfomycin phenoxymethylpenicillin benzylpenicillin
  lymecycline oxytetracycline dihydrocodeine nefopam cyclizine levomepromazine haloperidol zuclopenthixol flupentixol flupenthixol sulpiride amisulpride trifluoperazine procyclidine
  chlordiazepoxide pabrinex thiamine loperamide mebeverine peppermint_oil alverine ispaghula ispaghula_husk senna macrogol glycerin lactulose sodium_picosulfate picolax docusate
  movicol laxido cosmocol fybogel gaviscon peptac alginate buscopan hyoscine hyoscine_butylbromide hyoscine_hydrobromide colofac spasmonal
  seretide symbicort fostair clenil flixotide pulmicort relvar trimbow trelegy duoresp luforbec ventolin salamol airomir bricanyl atrovent spiriva braltus eklira seebri ultibro spiolto anoro incruse
  novorapid novomix humalog humulin humulin_s humulin_m3 insulatard actrapid hypurin lantus levemir tresiba toujeo abasaglar apidra fiasp semglee lyumjev trurapi admelog insulin_isophane isophane isophane_insulin lispro aspart glargine detemir degludec glulisine
  adalat adalat_la coracten tildiem istin zestril tritace coversyl cozaar diovan micardis amias aprovel olmetec cardura tenormin cardicor emcor betaloc bisocor sotacor burinex frusemide frusol spironolactone inspra eplerenone lasilactone
  marcumar falithrom novalgin metamizol metamizole analgin aspirin_protect godamed clexane innohep fraxiparine lixiana xarelto eliquis pradaxa brilique plavix iscover
  torem xipamid dekristol l-thyroxin euthyrox thyronajod pantozol pantoprazol omeprazol esomeprazol simvastatin-ratiopharm ramilich beloc_zok beloc delix concor concor_cor bisohexal metohexal amlodipin torasemid furosemid ibuflam diclofenac-natrium voltaren tilidin tilidine valoron tramal targin targinact longtec shortec oxynorm oxycontin oramorph sevredol mst zomorph morphgesic mxl palladone abstral durogesic fentanyl_patch butec butrans transtec matrifen mezolar
  tazocin pip-taz pip/tazo piptaz piptazo tazobac unacid augmentin amoxiclav klacid zithromax ciproxin tavanic avelox gent vanc vanco ceftriaxon meropenem cotrim septrin metro_gel
  epilim keppra tegretol lamictal neurontin lyrica topamax rivotril frisium lustral seroxat cipramil cipralex efexor prozac mirtazapin zispin remergil prothiaden dosulepin dothiepin lofepramine trimipramine agomelatine valdoxan promazine
  stemetil prochlorperazin maxolon motilium zofran losec zoton nexium pariet lansoprazol calpol nurofen brufen voltarol naprosyn arcoxia solpadeine tramacet zapain kapake remedeine
  alendronic_acid risedronic_acid ibandronic_acid adcal adcal-d3 adcal_d3 calcichew calcichew_d3 accrete fultium evacal natecal colecalciferol ferrous_fumarate ferrous_sulphate ferrous_gluconate iron_tablets folic_acid hydroxocobalamin vitamin_b_co vitamin_b_compound_strong
  tamsulosin flomaxtra finasterid solifenacin vesicare betmiga mirabegron oxybutynin tolterodin desmopressin cabergoline
  methotrexat sulphasalazine azathioprin prednisolon decortin urbason dexamethason hydrocortison fludrocortison colchicin allopurinol febuxostat ciclosporin mycophenolat
  norethisterone desogestrel cerazette microgynon rigevidon marvelon depo_provera mirena implanon nexplanon evorel elleste utrogestan oestradiol estriol ovestin vagifem tibolone livial 
  chloramphenicol_eye_drops hypromellose carbomer viscotears latanoprost cosopt xalatan travatan timolol
  txa vit_a vit_b vit_b12 vit_c vit_d vit_d3 vit_e vit_k
  e45 diprobase cetraben doublebase eumovate betnovate dermovate hydrocortisone_cream fucidin fucibet daktarin canesten trimovate zerobase dermol
  adrenalin noradrenalin suprarenin arterenol metaraminol glycopyrronium glycopyrrolate atracurium rocuronium sugammadex suxamethonium succinylcholine cisatracurium thiopental thiopentone isoflurane sevoflurane desflurane bupivacaine ropivacaine levobupivacaine prilocaine
  gtn isdn ismn amio furo norad levophed asa ntg nitro kcl mgso4 mag_sulfate nacl hctz tmp/smx mtx azt rif pza vanc/zosyn pred methylpred dex mmf csa toci hcq vpa ltg gaba apap hydrocodone-acetaminophen hydrocodone/acetaminophen oxycodone-acetaminophen oxycodone/acetaminophen norco vicodin percocet lortab ultram ultracet tylenol motrin advil aleve naprosyn toradol celebrex mobic voltaren relafen lodine indocin feldene dilaudid ms_contin duragesic opana nucynta suboxone subutex narcan vivitrol
  enoxaparin_sodium unfractionated_heparin heparin_sodium sacubitril-valsartan sacubitril/valsartan losartan-hydrochlorothiazide lisinopril-hydrochlorothiazide amlodipine-benazepril olmesartan-hctz fluticasone-salmeterol fluticasone/salmeterol budesonide-formoterol budesonide/formoterol ipratropium-albuterol umeclidinium-vilanterol fluticasone-vilanterol carbidopa-levodopa carbidopa/levodopa carbidopa-levodopa-entacapone amoxicillin/clavulanate ampicillin/sulbactam piperacillin/tazobactam glecaprevir/pibrentasvir sofosbuvir/velpatasvir bictegravir/emtricitabine emtricitabine/tenofovir emtricitabine-tenofovir atovaquone-proguanil ezetimibe-simvastatin sitagliptin-metformin empagliflozin-linagliptin insulin_nph insulin_regular regular_insulin nph_insulin insulin_aspart_protamine insulin_glulisine
  trimethoprim nitrofurantoin macrobid fidaxomicin teicoplanin temocillin ertapenem tigecyclin cefuroxim ceftazidim ceftazidime-avibactam ceftolozane-tazobactam meropenem-vaborbactam dalbavancin
  lokelma veltassa calcium_resonium sevelamer alfacalcidol one-alpha calcitriol sodium_bicarb bicarb aranesp neorecormon mircera venofer ferinject monofer cosmofer
  nicotine nicotine_patch nicotine_patches nicorette champix varenicline bupropion zyban antabuse naltrexone methadone subutex espranor buprenorphine
  tinzaparin dalteparin danaparoid prasugrel ticagrelor cangrelor dipyridamol asasantin rosuvastatin ezetrol bempedoic_acid inclisiran
  entresto forxiga jardiance invokana farxiga verquvo ivabradin procoralan ranexa nicorandil ikorel isosorbide_mononitrate imdur elantan monomil
  dapagliflozin-metformin janumet eucreas jentadueto xigduo synjardy ozempic rybelsus trulicity victoza bydureon mounjaro wegovy saxenda repaglinide prandin
  rituximab infliximab adalimumab hyrimoz imraldi amgevita remsima inflectra truxima herzuma etanercept benepali tocilizumab roactemra
  methylphenidat concerta medikinet equasym elvanse strattera intuniv lisdexamfetamine xaggitin delmosart
  circadin zopiclon zolpidem zimovane melatonin temazepam nitrazepam loprazolam lormetazepam tavor lorazepam diazemuls rohypnol flunitrazepam dormicum
  lithium priadel camcolit depakote depakene risperdal zyprexa clozaril denzapine zaponex abilify quetiapin seroquel seroquel_xr haldol depixol clopixol modecate
  sinemet madopar stalevo requip mirapexin neupro azilect xadago rytary
  marevan panadol panadol_osteo endone palexia ponstan co-codaprin mst_continus temgesic epanutin phenobarbitone buccolam stilnoct zirtek claratyn telfast piriton nozinan largactil xeplion avanza moclobemide
  dexamfetamine ebixa opicapone apo-go imigran karvea natrilix gtn_spray astrix diabex diamicron trajenta galvus ryzodeg xultophy suliqua glucagen glucogel hypostop eltroxin oroxine depo-medrone depo_medrone
  aclasta ferrograd neo-b12 forceval somac coloxyl coloxyl_with_senna phosphate_enema microlax octasa salazopyrin advagraf adoport mabthera colgout flutiform duaklir uniphyllin nuelin carbocisteine mucodyne
  nacsys floxapen pen_v cephazolin methenamine hiprex ambisome duodart combodart leuprorelin prostap folfirinox hydroxycarbamide eprex levonelle ulipristal oestrogel clomifene ergometrine syntometrine
  syntocinon anti-d testogel nebido carmellose maxidex pred_forte elocon daktacort epaderm dovobet calcipotriol roaccutane marcain entonox sando-k sando_k slow-k slow_k slow_sodium magnesium_sulphate
  hartmann's plasmalyte human_albumin_solution intralipid fortisip fresubin novaminsulfon l-thyrox simvahexal iberogast paspertin vomex opipramol melperon pipamperon dipiperon fenistil ciprobay sobelin clont
  l-polamidon sativex kenalog adcortyl
`);
