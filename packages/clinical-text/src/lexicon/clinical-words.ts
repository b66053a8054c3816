import { phrases, words } from './words.ts';

/** People after whom a disease, sign, device or procedure is named. */
export const eponyms: readonly string[] = words(`
  parkinson alzheimer crohn foley doppler billroth glasgow cushing addison graves hashimoto babinski romberg murphy mcburney lachman mcmurray
  tinel phalen spurling hodgkin bowen gram papanicolaou pap barrett bell down marfan kaposi gleason apgar bartholin baker colles hoffman hoffmann
  homan homans kernig brudzinski raynaud sjogren takayasu wegener kawasaki kussmaul cheyne stokes mobitz wenckebach swan ganz hickman broviac pratt
  penrose whipple nissen roux hartmann seldinger kocher lichtenstein bankart sachs lisfranc achilles charcot marie guillain barre huntington
  tourette asperger turner klinefelter mallory weiss zenker meckel hirschsprung wolff epstein barr coombs rinne weber snellen ortolani barlow osgood
  schlatter legg perthes salter harris schatzki dupuytren heberden bouchard reiter behcet ewing wilms burkitt merkel paget fournier bence giemsa ziehl
  neelsen starling virchow trousseau chvostek courvoisier cullen hippel lindau sturge gaucher fabry pompe hurler niemann pick lewy creutzfeldt jakob
  lyme gehrig mohs breslow hallpike epley valsalva trendelenburg fowler kegel braxton hicks moro tanner braden aldrete ramsay karnofsky pugh ranson
  killip framingham wells gilbert crigler najjar rotor dubin goodpasture henoch schonlein conn sheehan kallmann waterhouse friderichsen ogilvie
  boerhaave budd chiari caroli peyer brunner langerhans friedreich blau horner argyll robertson arnold dandy walker lhermitte uhthoff wernicke
  korsakoff broca todd jacksonian lennox gastaut eaton lambert duchenne becker steinert wilson menetrier peutz jeghers lynch gardner turcot
  plummer vinson osler weber rendu libman jude edwards ross fallot ebstein eisenmenger brugada prinzmetal dressler beck janeway roth austin flint
  carvallo levine corrigan quincke graham steell friedlander koch calmette guerin mantoux legionella whitmore hansen chagas pott scheuermann sever
  freiberg kienbock monteggia galeazzi bennett jones smith hill thomas ober trendelenberg hawkins neer speed yergason finkelstein quervain froment
  apley drawer thompson simmonds mcintosh bristow latarjet charnley ilizarov kirschner steinmann taylor ponseti hoffa harrington bier pfannenstiel
  mcdonald shirodkar lamaze nagele bishop leopold spalding turner sertoli leydig krukenberg brenner mullerian wolffian gartner nabothian skene
  montgomery cooper bloch sulzberger koebner nikolsky auspitz stevens johnson lyell gorlin cowden muir torre sezary hailey darier reed sternberg
  auer rouleaux heinz howell jolly pelger huet bernard soulier glanzmann willebrand christmas fanconi diamond blackfan kostmann wiskott aldrich
  bruton digeorge chediak higashi kartagener alport bartter gitelman liddle kimmelstiel berger seldin miller yankauer macintosh mallampati cormack
  venturi hudson ambu bain bivona shiley passy muir jackson groshong port-a-cath tenckhoff quinton mahurkar udall perm kerlix ace steri dermabond
  vicryl prolene monocryl ethibond chromic coban unna profore jobst ted holter bruce naughton likert hamilton beck folstein wechsler stroop
  fagan cage canadian york killip child shimada masson congo ki prussian hematoxylin eosin nissl golgi purkinje ranvier schwann malpighi bowman henle
  wharton santorini vater oddi glisson calot hesselbach richter spigel littre maydl morgagni bochdalek poupart gimbernat scarpa camper colles
  buck denonvilliers gerota zuckerkandl treitz douglas morison retzius monro luschka magendie sylvius rolando heschl willis
`);

/** Abbreviations and words of medicine that dictionaries of English lack. */
export const clinicalWords: readonly string[] = words(`
  hasnt hadnt havent isnt wasnt arent werent didnt doesnt dont wont cant couldnt wouldnt shouldnt leiden firstname lastname fname lname
  aaa abd abg abgs abi abx acl acls acs ad adh adhd adl adls aed afb afp aids aka aki alk alp als alt am ama ana anca angio ap aptt arb ards arf asa ascus asd ast
  av avf avl avm avr bal bid bka bls bm bmi bmp bnp bp bph bpm brbpr bun bx ca cabg cad cath caths cbc cbd cc ccu cdiff cea cf chemo chf ci cin ck ckd cll cmp cmv cn cns
  co copd cp cpap cpk cpr cr crp csf ct cta cva cvp cvs cx cxr cysto d5w dc ddx decub defib dexa dexascan dic dig dip djd dka dl dm dnr dni doe dp dpl dsm dtr dtrs dvt dvts dx
  ebv ecg ecmo ecog ed eeg ef egd eeg ekg emg emgs ems emt ent eomi ercp esrd esr etoh ett exp ext fb fdg fev ffp fhx fio fna foci fobt fsh fu fvc fx ga gb gbs gcs gerd gfr gi
  gsw gtt gu gyn hb hba hbv hct hctz hcv hdl heent hep hgb hiv hla hpf hpi hpv hr hrt hs hsv ht htn hus hx iabp ibd ibs icd icp icu id iddm ig iga igg igm im imi inr io iol ir
  it itp iud iv ivc ivf ivig ivp jp jvd jvp kcl kub kvo la lad lap lav lbbb lbp lca lcx ldh ldl le leep lfts lft lh ll lle llq lma lmca lmp lmwh loc lp lpn ls lue luq lv lvef lvh ma mca mcg mch
  mcl mcp mcv md mdd mds med meds meq mg mgus mi mic mm mmhg mmr mmse mra mri mrcp mrsa ms msk mssa mtp mva mvc mvp na nad nb nc ncv ng ngt nicu niddm nkda nkfda nl nos npo nph nsaid
  nsaids nsclc nsr nstemi nt nyha ob obgyn od oob op oa ocd om opd or ori orif os osa ot otc ou oz pac pacu paco pao pap pca pcl pco pcn pcos pcp pcr pda pe peep peg perrl perrla pet pf pfo pfts pft
  ph phos picc pid pip pkd pm pmh pmhx pmi pms pnd po pod ppd ppi prbc prbcs prn pro psa psh psa psych pt pta ptca pth ptsd ptt pts pud pulm pvc pvcs pvd px qam qd qhs qid qod qpm qrs qt qtc ra rad rbbb rbc rca
  rhd rhf rhm rib rica rle rlq rn ro rom ros rosc rpr rr rrr rsv rt rtc rue ruq rv rvr rx sah sao sat sats sbo sbp sc scc scd sclc sda sdh sed sep sga sh si siadh sicu sl sle slp slr sob sp spect spep spo sq ssri
  st stat std stds stemi subq supp surg svc svg svr svt sz tab tabs tah tb tbi tbsa tca tee temp tft tfts tia tias tib tid tibc tips tka tkr tle tlc tm tmj tms tmp tn tnf tnm tp tpa tpn tr trach troponin
  trop tsh tte tsp tu tur turp tx ua ugi uop upep uri us usg uti utis uv uvula vac vas vats vcug vdrl ve vf vfib vs vsd vss vt vte vtach vwf vzv wbc wbcs wbat wds wnl wpw wt xr xrt xray xrays yo yr yrs
  followup checkup workup takeoff meds labs preop postop intraop neuro cardio ortho onc heme peds psych gastro uro nephro derm rheum pulm endo echo sono tele vitals sats abdo
  mmol mol pmol nmol mosm meq ml dl kg cm mm mcg iu miu ui μg μl μmol ng pg hz mhz khz gy cgy sec min hr hrs wk wks mo mos ph
  jan feb mar apr may jun jul aug sep sept oct nov dec january february march april june july august september october november december
  monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun am pm est edt cst pst utc
  mr mrs ms dr drs prof jr sr ii iii iv vi vii viii ix xi xii phd rn np pa crna dds dpm dvm lpn emt facs faap facp
  english spanish french german italian chinese japanese korean russian vietnamese arabic portuguese hispanic latino latina caucasian african american
  americans asian european british irish indian mexican jewish christian catholic muslim islamic hindu buddhist protestant african-american black white
  medicare medicaid hipaa fda cdc nih who usa uk us va icd-9 icd-10 cpt loinc snomed covid covid-19 sars influenza coronavirus
  fahrenheit celsius kelvin internet facebook google email website tv cd dvd gps atv suv ymca
  tricuspid nontender nondistended pulmonic dysuria hematuria pleural jvd myalgia arthralgia afebrile meningismus hematoma cyanosis sessile rales
  atelectasis thyromegaly rhonchi anticoagulation hyperlipidemia epigastric sigmoid hiatal varicella vitiligo ureteral varices crampy acetabular tachycardic
  diverticula pneumothorax rhinorrhea organomegaly normocephalic atraumatic extraocular biliary iliac hemodynamically nondilated septated mucinous
  foraminal oropharynx osteophytosis endocervix calcaneal pseudoaneurysm substernal gastropathy angiodysplasia retroperitoneal mediastinitis
  paraesthesias myeloma anicteric mucocele icterus antiphospholipid condyle condyles regurg celiac sprue nonfocal perianal periumbilical vena cava basilar
  osseous icu mucosa mucosal erythema exudate exudates mediastinum rhabdomyolysis tamponade supraventricular adenopathy pedunculated clonic trochanter
  patella patellar histologically paranasal orthopnea uncus pontine medullary decubitus interossei osteomyelitis stridor paresthesia ligamentum flavum
  sternum sternal clavicle scapula scapular humerus humeral radius ulna ulnar carpal metacarpal phalanx phalanges femur femoral tibia tibial fibula
  fibular tarsal metatarsal calcaneus talus navicular cuboid cuneiform ilium ischium pubis sacrum sacral coccyx lumbar thoracic cervical vertebra
  vertebrae vertebral costal intercostal mandible maxilla maxillary zygomatic sphenoid ethmoid parietal temporal occipital frontal dura dural arachnoid
  cerebellum cerebellar cerebral cerebrum thalamus thalamic hypothalamus pituitary pineal brainstem pons medulla hippocampus ganglia ganglion plexus
  brachial axillary antecubital popliteal saphenous carotid jugular subclavian brachiocephalic innominate aorta aortic atrial atrium ventricle
  ventricular septum septal mitral bicuspid pericardial pericardium endocardium myocardium myocardial epicardial coronary bronchus bronchi bronchial
  bronchiole trachea tracheal larynx laryngeal pharynx pharyngeal esophagus esophageal oesophageal duodenum duodenal jejunum jejunal ileum ileal cecum
  appendix colon colonic rectum rectal anus hepatic portal pancreas pancreatic spleen splenic gallbladder kidney renal ureter bladder urethra urethral
  prostate prostatic scrotum scrotal testis testes testicle epididymis vas uterus uterine cervix ovary ovarian adnexa adnexal vulva vulvar labia
  fallopian endometrium endometrial myometrium placenta placental amniotic fetus fetal umbilicus umbilical inguinal femoris gluteus gluteal quadriceps
  hamstring gastrocnemius soleus peroneal deltoid biceps triceps supraspinatus infraspinatus subscapularis teres trapezius rhomboid latissimus
  sternocleidomastoid psoas piriformis sartorius adductor abductor flexor extensor supinator pronator tendon ligament meniscus meniscal cruciate
  collateral labrum labral bursa bursal synovium synovial fascia fascial retina retinal macula macular cornea corneal conjunctiva conjunctival sclera
  scleral iris pupil lens vitreous optic tympanic cochlear vestibular eustachian turbinate turbinates sinus sinuses tonsil tonsillar uvula palate
  gingiva gingival buccal lingual parotid submandibular thyroid parathyroid adrenal thymus lymph lymphatic lymphadenopathy hilar hilum mesentery
  mesenteric omentum omental peritoneum peritoneal diaphragm diaphragmatic hemidiaphragm costophrenic pleura lobe lobar lobectomy segmental lingula
  cholesterol lipid triglyceride creatinine bilirubin albumin globulin ferritin transferrin haptoglobin fibrinogen thrombin prothrombin thromboplastin
  lymphocyte lymphocytes neutrophil neutrophils eosinophil eosinophils basophil monocyte monocytes erythrocyte leukocyte platelet reticulocyte blast
  staphylococcus staph streptococcus strep pneumococcus enterococcus escherichia coli klebsiella pseudomonas proteus haemophilus neisseria candida
  pneumocystis jirovecii legionella serratia acinetobacter enterobacter citrobacter moraxella bordetella nocardia bartonella leptospira cryptosporidium entamoeba strongyloides schistosoma gardnerella bacteroides cutibacterium aspergillus clostridium difficile helicobacter pylori mycobacterium mycoplasma chlamydia treponema borrelia giardia salmonella shigella campylobacter
  listeria cytomegalovirus herpes zoster simplex rhinovirus rotavirus norovirus adenovirus parvovirus trichomonas toxoplasma plasmodium aureus
  hydronephrosis lithotripsy arthroplasty arthroscopy laparoscopic laparoscopy endoscopic endoscopy colonoscopic intubated extubated intubation
  extubation cannula catheter catheterization stent stented pacemaker defibrillator ventilator dialysis hemodialysis biopsy biopsies resection resected
  excision debridement anastomosis graft allograft autograft suture sutured sutures staples lavage irrigation drainage aspiration amputation
  transfusion transplant transplantation immunization vaccination radiograph radiographs radiographic radiography tomography fluoroscopy
  ultrasonography sonogram echocardiogram electrocardiogram electroencephalogram electromyogram angiogram angiography mammogram myelogram arthrogram
  colposcopy cystoscopy bronchoscopy thoracoscopy hysteroscopy sigmoidoscopy esophagogastroduodenoscopy cholangiopancreatography
  gravida para nulliparous multiparous menarche menopause postmenopausal premenopausal perimenopausal menses menorrhagia lactation gestation
  gestational antepartum postpartum intrapartum prenatal neonatal neonate newborn preterm apgar fundal cephalic breech
  neurologic neurological psychiatric musculoskeletal cardiovascular gastrointestinal genitourinary integumentary endocrine hematologic hematological
  ophthalmologic otolaryngology dermatologic rheumatologic oncologic immunologic nephrology cardiology neurology pulmonology gastroenterology urology
  gynecology obstetrics oncology hematology rheumatology dermatology endocrinology orthopedics orthopaedic pediatrics geriatrics radiology pathology
  anesthesiology otolaryngologist hospitalist intensivist internist podiatry podiatrist chiropractor chiropractic physiatry
  procedureimages echocardiology thinprep hemoccult guaiac heme ambu intersocietal repole hyperkeratotic telemetry intravenously bilaterally unilateral bilateral
  distally proximally laterally medially anteriorly posteriorly superiorly inferiorly supine prone decubitus ambulate ambulated ambulating ambulation
  ambulatory weightbearing nonweightbearing afebrile normotensive normoactive hypoactive hyperactive guarding rebound nonlabored labored
  palpable nonpalpable reducible nonreducible erythematous edematous ecchymotic petechial maculopapular vesicular pustular macular papular
  fluctuance induration crepitus ballotable tympanitic dullness resonant scaphoid protuberant obese cachectic diaphoretic somnolent obtunded
  lethargic dysarthric aphasic hemiparetic antalgic ataxic spastic flaccid hypertonic hypotonic areflexic hyperreflexic
  sciatica lumbago whiplash shingles gout goiter croup mumps rubella pertussis scabies impetigo vertigo tinnitus strabismus nystagmus ptosis
  kyphosis scoliosis lordosis dextroscoliosis levoscoliosis spondylosis spondylolisthesis spondylolysis osteophyte osteophytes enthesophyte
  neoplasm neoplastic carcinoma adenocarcinoma sarcoma melanoma lymphoma leukemia glioma meningioma adenoma fibroma lipoma hemangioma metastatic
  malignancy malignant benign hyperplasia dysplasia metaplasia anaplasia infarct infarction ischemia ischemic thrombus thrombotic embolus emboli embolic
  aneurysm aneurysmal stenosis stenotic occlusion occluded regurgitation insufficiency hypertrophy hypertrophic dilated dilatation effusion infiltrate
  infiltrates consolidation opacity opacities nodule nodular cavitary emphysematous fibrotic calcified calcification calcifications granuloma
  subcentimeter hypoechoic hyperechoic hypodense hyperdense hypointense hyperintense enhancing nonenhancing heterogeneous homogeneous lucency lucent
  sclerotic lytic comminuted displaced nondisplaced intertrochanteric subtrochanteric periprosthetic malunion nonunion subluxation
  tobacco nicotine cigarette cigarettes marijuana cocaine heroin methamphetamine opiate opioid alcoholic alcoholism sober sobriety detox sellar immunohistochemistry immunohistochemical quantiferon treponema treponemal ptfe eptfe dbil tbil corp boston scientific lima rima rita dorsalis pedis cortisol indole aircast cyberknife gatorade pedialyte velcro kleenex portacath permcath mediport splint dynasplint synvisc orthovisc
  walmart walgreens apc apcs rbc rbcs lhermitte latin carolina dakota hampshire jersey mexico rico facies diff sensa arte sequela sequelae obliterans sclera chorda chordae vimentin astrovirus muco schiff avalon po2 pco2 pao2 paco2 hbsag hbeag hbv
  vaper vaping ekgs ivs cts mris uris utis rehab hospice nursing counselor therapist caregiver healthcare telehealth outpatient inpatient
`);

/** Endings that clinical words have and names hardly do. */
export const clinicalEndings: readonly string[] = phrases(`
  itis, itides, osis, oses, otic, emia, aemia, emic, ectomy, otomy, ostomy, oplasty, plasty, oscopy, scopy, scopic, ography, graphy, graphic, gram,
  ogram, oma, omas, omata, pathy, pathic, penia, penic, plegia, plegic, paresis, algia, algias, rrhea, rrhoea, rrhage, rrhagic, rrhagia, megaly,
  ectasis, ectatic, iasis, uria, uric, cyte, cytes, cytic, cytosis, ology, ologic, ological, ologist, ologists, trophy, trophic, plasia,
  plastic, lysis, lytic, stasis, static, genic, genesis, genous, aceous, cardia, cardiac, pnea, pnoea, pneic, tension, tensive, thorax,
  thoracic, cranial, vascular, muscular, tion, tions, tional, ment, ments, ness, able, ible, ably, ibly, ously, ically, ality, ivity, ation,
  ative, atory, ular, icular, eal, oidal, oid, ial, ium, ous, ical, aemic, glycemia, kalemia, natremia, ium, phasia, phagia, opia, opsia, phobia, philia,
  kinesis, kinetic, kinesia, ptysis, emesis, dynia, malacia, rrhaphy, pexy, tripsy, desis, centesis, meter, metry, metric, therapy, therapies, phyte,
  coccus, cocci, bacter, viral, virus, mycin, toxin, globulin, protein, amine, amide, azole, idine, ostatin, cortical, spinal, tropic, topic, vascularity, ism, isms, isional, chondral, gastric, prosthetic, izing, izes, ized, ising, ised, skeletal, degenerated, vascularity, phospholipid, carditis,
  ostial, stomal, genital, aortic, atrial, renal, hepatic, biliary, mucosal, dural, neural, facial, femoral, pleural, ventricular, mediastinal, cutaneous
`);
