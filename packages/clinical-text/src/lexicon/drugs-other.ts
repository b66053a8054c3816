import { words } from './words.ts';

/** Hormones, lungs, gut, skin, eyes, vitamins, fluids, contrast, vaccines. */
export const otherDrugs: readonly string[] = words(`
  insulin insulin_glargine insulin_lispro insulin_aspart insulin_detemir insulin_degludec nph regular_insulin metformin
  glipizide glyburide glibenclamide glimepiride gliclazide tolbutamide chlorpropamide tolazamide repaglinide nateglinide
  pioglitazone rosiglitazone sitagliptin saxagliptin linagliptin alogliptin vildagliptin exenatide liraglutide
  dulaglutide semaglutide tirzepatide pramlintide canagliflozin dapagliflozin empagliflozin ertugliflozin acarbose
  miglitol glucagon diazoxide levothyroxine thyroxine l-thyroxine liothyronine methimazole carbimazole thiamazole
  propylthiouracil ptu potassium_iodide potassium_iodine prednisone prednisolone methylprednisolone hydrocortisone
  cortisone dexamethasone betamethasone triamcinolone budesonide fludrocortisone deflazacort metyrapone osilodrostat
  cosyntropin estradiol conjugated_estrogens estrogen progesterone medroxyprogesterone norethindrone levonorgestrel
  drospirenone ethinyl_estradiol etonogestrel clomiphene testosterone testosterone_cypionate oxandrolone danazol
  finasteride dutasteride tamsulosin alfuzosin silodosin oxybutynin tolterodine solifenacin darifenacin trospium
  fesoterodine mirabegron phenazopyridine bethanechol growth_hormone somatropin mecasermin oxytocin carbetocin
  misoprostol mifepristone dinoprostone methylergonovine terbutaline magnesium_sulfate alendronate risedronate
  ibandronate zoledronic_acid zoledronate pamidronate teriparatide abaloparatide romosozumab calcitonin
  albuterol salbutamol levalbuterol salmeterol formoterol arformoterol indacaterol vilanterol olodaterol ipratropium
  tiotropium umeclidinium aclidinium fluticasone beclomethasone mometasone ciclesonide flunisolide montelukast
  zafirlukast zileuton theophylline aminophylline cromolyn roflumilast guaifenesin dextromethorphan benzonatate
  pseudoephedrine acetylcysteine n-acetylcysteine dornase ivacaftor lumacaftor tezacaftor elexacaftor pirfenidone
  nintedanib surfactant loratadine desloratadine cetirizine levocetirizine fexofenadine diphenhydramine
  chlorpheniramine chlorphenamine cyproheptadine azelastine olopatadine oxymetazoline omeprazole esomeprazole
  pantoprazole lansoprazole dexlansoprazole rabeprazole famotidine ranitidine cimetidine nizatidine sucralfate
  bismuth ondansetron granisetron palonosetron dolasetron aprepitant fosaprepitant scopolamine domperidone dronabinol
  trimethobenzamide loperamide diphenoxylate lactulose polyethylene_glycol senna sennosides docusate bisacodyl psyllium
  magnesium_hydroxide magnesium_citrate linaclotide lubiprostone prucalopride simethicone hyoscyamine dicyclomine
  mesalamine mesalazine balsalazide ursodiol ursodeoxycholic_acid udca obeticholic_acid pancrelipase pancreatin
  orlistat phentermine teduglutide vitamin_a vitamin_b vitamin_b1 vitamin_b6 vitamin_b12 vitamin_c ascorbic_acid
  vitamin_d vitamin_d2 vitamin_d3 vitamin_e cholecalciferol ergocalciferol thiamine pyridoxine riboflavin biotin
  multivitamin multivitamins multi-vitamin prenatal_vitamin prenatal_vitamins fish_oil omega-3 glucosamine chondroitin
  coenzyme_q10 coq10 turmeric st_john's_wort ginkgo carnitine l-carnitine l-arginine levocarnitine zinc selenium
  calcium potassium bicarbonate glucose iron tromethamine calcium_carbonate calcium_citrate calcium_gluconate calcium_chloride calcium_lactate potassium_chloride
  potassium_phosphate sodium_bicarbonate sodium_chloride sodium_benzoate sodium_phenylacetate magnesium_oxide
  normal_saline lactated_ringer's ringer's_lactate dextrose d5w hydroxyethyl_starch icodextrin tham tromethamine
  activated_charcoal epinephrine_pen benzoyl_peroxide isotretinoin adapalene tazarotene clobetasol fluocinonide
  desonide halobetasol calcipotriene pimecrolimus salicylic_acid urea_cream silver_sulfadiazine imiquimod podofilox
  hydroquinone methoxsalen acitretin capsaicin menthol camphor latanoprost bimatoprost travoprost brimonidine
  dorzolamide brinzolamide pilocarpine tropicamide cyclopentolate ranibizumab aflibercept verteporfin artificial_tears
  methylene_blue dimethyl_sulfoxide
  hyaluronic_acid hyaluronidase imiglucerase agalsidase alglucosidase laronidase eliglustat miglustat nitisinone
  sapropterin hemin haemin penicillamine trientine edetate dimercaprol succimer fomepizole hydroxocobalamin
  pralidoxime digoxin_immune_fab varenicline flibanserin lidocaine/prilocaine influenza_vaccine flu_vaccine
  pneumococcal_vaccine pneumovax prevnar tetanus_toxoid tdap covid-19_vaccine hepatitis_b_vaccine mmr shingrix zostavax
  gardasil bcg hepatitis_b_immunoglobulin palivizumab cannabis_oil cbd_oil medical_marijuana
  lantus basaglar toujeo levemir tresiba humalog novolog apidra humulin novolin glucophage glucotrol amaryl diabeta
  micronase glynase prandin starlix actos avandia januvia janumet onglyza tradjenta nesina byetta bydureon victoza
  saxenda trulicity ozempic wegovy rybelsus mounjaro invokana farxiga jardiance steglatro precose synthroid levoxyl
  levothroid unithroid tirosint cytomel armour_thyroid tapazole deltasone orapred medrol medrol_dosepak solu-medrol
  depo-medrol solu-cortef cortef decadron celestone kenalog aristocort entocort florinef premarin estrace vivelle
  provera depo-provera prometrium aygestin mirena nexplanon nuvaring yaz yasmin microgestin ortho_tri-cyclen plan_b
  clomid androgel depo-testosterone proscar propecia avodart flomax uroxatral rapaflo ditropan detrol vesicare enablex
  sanctura toviaz myrbetriq pyridium urecholine pitocin cytotec methergine fosamax actonel boniva reclast zometa aredia
  forteo evenity miacalcin proventil ventolin proair xopenex serevent foradil atrovent combivent duoneb duonebs spiriva
  incruse anoro stiolto trelegy breo advair symbicort dulera flovent pulmicort qvar asmanex flonase nasonex nasacort
  rhinocort singulair accolate zyflo daliresp mucinex robitussin robitussin_dm delsym tessalon sudafed afrin mucomyst
  pulmozyme kalydeco orkambi trikafta esbriet ofev claritin claritin-d clarinex zyrtec xyzal allegra allegra-d benadryl
  chlor-trimeton periactin astelin prilosec nexium protonix prevacid dexilant aciphex pepcid zantac tagamet axid
  carafate pepto-bismol maalox mylanta tums rolaids zofran kytril aloxi emend transderm_scop motilium marinol tigan
  imodium lomotil miralax golytely senokot colace dulcolax metamucil benefiber milk_of_magnesia linzess amitiza
  gas-x levsin bentyl librax asacol lialda pentasa apriso rowasa actigall urso creon pancrease zenpep xenical alli
  adipex k-dur klor-con k-lor caltrate os-cal citracal accutane retin-a differin epiduo temovate lidex elidel protopic
  silvadene aldara condylox xalatan lumigan travatan alphagan cosopt trusopt azopt restasis lucentis eylea cerezyme
  epipen cetaphil eucerin mederma tazorac zostrix finacea metrogel plexion bactine alesse ovcon loestrin seasonale ortho-novum desogen levora triphasil tri-sprintec nortrel kariva
  ortho_evra lupride medroxyprogesterone_acetate neosporin polysporin pedialyte phexxi
`);
