import { words } from './words.ts';

/** Abbreviations of the wards, the laboratory and the theatre: never a name, however they are written. */
export const clinicalAbbreviations: readonly string[] = words(`
  hfref hfpef hfmref aicd crtd crtp icds ppm tavr tavi savr evar tevar fevar nstemi stemi nsvt avnrt avrt wpw hocm hcm dcm arvc pfo asd vsd ddd vvi lbbb rbbb laac lvad rvad bivad ecmo impella
  bipap cpap niv hfnc hfno apap asv peep fio ards copd aecopd ildd ipf tlc fev dlco vats ebus eus ercp mrcp ptc tips tace rfa hida mibg dexa dxa cxr kub ctpa ctka cta mra mrv mrs fmri spect petct pet
  egd ogd peg pej ngt njt ugib lgib ibd crohns nash nafld masld mash hcc gist gerd gord hpylori tpn npo nbm dispo admit admits dx ddx rx tx hx fx sx bx px pmh pmhx psh pshx fhx shx sochx oe ros hpi hopc hpc
  aka bka thr tkr tha tka rthr ltkr lthr rtkr orif acdf plif tlif dhs im imn exfix rotatorcuff acl pcl mcl lcl mtp pip dip cmc tfcc slap rom arom prom wbat nwb twb pwb fwb foosh
  cva tia sah sdh edh ich nihss mrs gcs avpu eeg emg ncs lp csf evd vps vp dbs mmse moca amts amt addenbrooke tpa lvo mca aca pca ica vbi bppv msk lbp
  hba1c hbaic egfr ntprobnp bnp trop tropt troponins crp esr lfts ufes uandes ue ues tfts ftest bhcg hcg psa cea afp ferritin tibc mcv mch mchc rdw inr aptt ptt dimer ddimer fbc ffp cryo prbc prbcs hla anca
  ana dsdna ccp rf lupus sle apls uctd mctd gca pmr ra oa psa as axspa dmard dmards csdmard bdmard nsaid nsaids ssri ssris snri snris tca tcas maoi acei acei's arb arbs arni bb bbs ccb ccbs ppi ppis h2ra doac doacs noac noacs
  lmwh ufh vka mra sglt2 sglt2i glp1 glp1ra dpp4 dpp4i saba laba lama ics ocp hrt coc pop iucd iud mirena depo larc gtn isdn isosorb mdi nebs ivabs ivfluids ivf ns hartmanns hartmann csl rl d5w
  bd tds qds qid od om on mane nocte prn stat po iv im sc sl pr pv inh neb top tid bid qhs qam qpm hs ac pc gtt ou os
  dnr dnar dnacpr dni molst polst respect tep full fullcode loc lasts aki ckd esrd esrf rrt crrt cvvh hd pd avf avg utis uti luts bph turp turbt cystos pcnl eswl dmsa mag3
  bmi bsa hr bp rr sats spo2 sao2 pao2 paco2 po2 pco2 hco3 abg vbg cbg cbgs bm bms lactate news mews pews qsofa sofa apache sirs curb65 crb65 wells perc heart grace timi chadsvasc cha2ds2 hasbled
  gpa mpa egpa itp ttp hus dic aml cml all cll mds mgus mm dlbcl nhl hl gvhd bmt hsct pbsc esa gcsf chemo rt sabr sbrt imrt xrt ebrt tnm ecog kps ps pfs os mdt
  phq gad epds cage audit ciwa cows aces ptsd ocd adhd asd bpad bpd mdd gad2 suicidal sii hii si hi avh th tarasoff cbt dbt emdr ect imca mha
  g1p0 g2p1 edd edc lmp nvd nsvd svd lscs lucs vbac tolac prom pprom iugr fgr gdm pih hellp ctg nst afi bpp efw toco gbs tdap rhogam colpo leep lletz cin hsil lsil ascus pcos
  ent heent perrla perrl eomi tms om aom ome bmt tonsils osa psg mad ahi visus vf iop oct ogtt amd armd pdr npdr csme dme vmt rd pvd iol phaco yag slt rapd
  mssa mrsa vre esbl cpe cre cdiff cdt c.diff hsv vzv cmv ebv hiv hbv hcv hav hpv rsv covid sarscov2 flu quantiferon igra afb bal mcs msu csu bcx blcx bcs
  ed er ae a&e icu itu hdu ccu nicu picu sicu micu cicu pacu sau mau amu ambu eau cdu sdec rat resus theatres ot pt physio slt salt nok poa lpa mca dols gp hcp sw cpn cmht crisis hcas hca ahp cns anp enp fy1 fy2 sho spr reg cons
  bibems bib loc lwbs ama dc dced tto ttos ttas tta eddd los mrsa opat virtualward ivabx abx abxs po2 ivd ivds ivdu pwid etoh cigs ppd py packyears tob vape thc mj
  ambs bno bnos bo hos mobs wfl adl adls iadl iadls mobx zimmer wzf fww rollator mot qcs cspine tspine lspine ctls sij dhsx nof nofs nwbing dtr dtrs dau pts pt
  bcc scc ak aks sk sks mm mohs pdt dermoscopy ecz ads pso pasi dlqi hs dresss sjs ten bp lp lsc tv
  nk nkda nkfda nkma asa prophylaxis vte vtes dvt pe peri pes ivc svc picc midline hickman portacath tesio vascath cvc cvcs artline aline
  bougie bougies bair hugger mepilex aquacel tegaderm allevyn duoderm inadine jelonet mepitel biatain kaltostat sorbsan cavilon opsite primapore granuflex actisorb flaminal medihoney proshield conveen zimframe wohnhaft geboren anschrift adresse
  hypothermic hyperthermic normothermic approx xerostomia anosmic hypospadias pruritic rhytids fluorescein annulus
  otitis diverticuli anhedonia conus syncopal syncope anteroseptum postbulbar presyncope pulmonic echocardiography
  acs cad ihd pvd pad cabg cabgx3 cabgx4 pci des bms lad lcx rca om1 d1 plv pda lima rima svg ef lvef rvsp lvh rvh sam tr mr ar as ms mvp avr mvr tvr tte toe tee ett mibi mps cmr cac
  niddm iddm t1dm t2dm lada mody dka hhs hypo hypos cgm libre dexcom omnipod novorapid lantus tresiba humalog levemir toujeo dsn
  apgar bishop ballard usac cpr rosc pea vf vt vfib aed als bls pals nls atls acls
`);
/** People after whom signs, lines, scores and the like are named, beyond those of `clinical-words`. */
export const moreEponyms: readonly string[] = words(`
  oswestry lysholm tegner waddell bournemouth edmonton zarit karnofsky lansky steinmann kirschner mcgill semmes weinstein lofstrand lembert connell halsted cushing billroth fansler
  sigmoidoscope hegar higgenson foerster halstead satinsky castroviejo heaney ochsner rochester roeder endoloop dermabond zadik winograd trendelenburg kraske jackknife semon lanz
  pfannenstiel morison mcburney joll mcevedy nyhus hasselbach colles denonvilliers gerota toldt treitz calot glisson ladd meckel waldeyer tornwaldt passavant eustachian stensen
  wharton cowper littre tenon zinn schlemm bruch malpighi purkinje thebesius hesselbach cloquet cochrane likert naughton astrand rikli roos elvey slocum losee noyes apley steinman
  stinchfield ludloff nelaton yocum maudsley bunnell elson eichhoff
  simpson chiba birbeck scheuer teichholz goldmann burch wartofsky cognard bremer hancock
  gilles kerley homans rovsing blumberg carnett mallampati waterlow barthel rankin rockwood norton morse katz lawton epworth berlin bristol london oxford leiden thurner stopbang schober faber patrick phalen finkelstein durkan jobe
  yergason speed neer hawkins-kennedy lasegue laseque bragard slump thessaly noble ely gaenslen trendelenberg galeazzi barlow rinne weber dix hallpike epley semont brandt daroff fukuda unterberger
  hutchinson janeway osler roth beau terry lindsay muehrcke mees aschoff anitschkow howell pappenheimer rossolimo gordon oppenheim chaddock hoover lhermittes kehr turner cullens
  murphys courvoisiers charcots reynolds virchows beck becks kussmauls cheyne biot cushings hering breuer bohr haldane westermark hampton palla fleischner felson fleischmann bosniak lugano rai binet durie salmon
  breslow clark nottingham bloom richardson gleason fuhrman dukes haggitt kudo paris siewert forrest rockall blatchford prague savary hill los-angeles montreal truelove witts mayo ranson imrie balthazar atlanta marshall
  child pugh maddrey lille milan hunt hess fisher spetzler glasgow blantyre hachinski abbey doloplus cornell hamilton montgomery asberg beck zung edinburgh conners vanderbilt vineland bayley denver griffiths
  garden pauwels weber lauge hansen schatzker ao neer mason salter harris gustilo anderson winquist denis magerl young burgess judet letournel tile vancouver dorr crowe graf tonnis outerbridge kellgren lawrence
  wagner texas rutherford fontaine ceap stanford debakey crawford killip forrester sgarbossa cabrera sokolow lyon cornell romhilt estes bazett fridericia framingham duke jones centor mcisaac
  wells geneva padua caprini khorana ottawa pittsburgh nexus canadian battle raccoon mcburneys psoas obturator dunphy allis galeazzi simmonds thompson thomas froments wartenberg tinels
  hickman broviac groshong quinton tesio shiley portex bivona jackson robertshaw mcgrath macintosh miller magill guedel bougie yankauer venturi hudson ayre bain jackson-rees waters mapleson penlon
  redivac robinson penrose blake pigtail seldinger veress hasson trocar wallace kocher littlewood lanes babcock debakey metzenbaum mayo adson gillies langenbeck deaver balfour finochietto bookwalter thompson
  hartmanns ringer lactated bier lamaze silverman downes dubowitz ballard finnegan sarnat pedersen cusco sims graves pinard doppler leopold naegele spiegelberg nabothian montgomery braxton
  gartland schirmer garden delbet danis ficat steinbrocker meyerding risser cobb modic pfirrmann hoehn yahr nurick frankel engel romana nikolsky auspitz darier koplik trousseau grocott brudzinski froment kanavel
`);
