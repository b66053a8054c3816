import { words } from './words.ts';

/** Infection, cancer, immunity. */
export const infectionAndCancerDrugs: readonly string[] = words(`
  penicillin penicillin_g penicillin_v benzathine amoxicillin amoxicillin-clavulanate ampicillin ampicillin-sulbactam
  piperacillin piperacillin-tazobactam tazobactam sulbactam clavulanate clavulanic_acid nafcillin oxacillin
  dicloxacillin cloxacillin flucloxacillin ticarcillin cephalexin cefalexin cefazolin cefadroxil cefuroxime cefoxitin
  cefotetan cefaclor cefprozil ceftriaxone cefotaxime ceftazidime cefepime cefixime cefpodoxime cefdinir ceftaroline
  ceftolozane cefiderocol cefoperazone latamoxef imipenem cilastatin meropenem ertapenem doripenem aztreonam gentamicin
  gentamycin tobramycin amikacin streptomycin neomycin kanamycin vancomycin teicoplanin telavancin dalbavancin
  oritavancin daptomycin linezolid tedizolid clindamycin erythromycin azithromycin clarithromycin roxithromycin
  fidaxomicin doxycycline minocycline tetracycline tigecycline omadacycline ciprofloxacin levofloxacin moxifloxacin
  ofloxacin norfloxacin gatifloxacin delafloxacin trimethoprim sulfamethoxazole trimethoprim-sulfamethoxazole
  sulfamethoxazole-trimethoprim trimethoprim/sulfamethoxazole sulfamethoxazole/trimethoprim co-trimoxazole
  cotrimoxazole tmp-smx sulfadiazine sulfasalazine nitrofurantoin fosfomycin metronidazole tinidazole rifampin
  rifampicin rifabutin rifaximin isoniazid pyrazinamide ethambutol bedaquiline cycloserine dapsone clofazimine colistin
  polymyxin_b chloramphenicol mupirocin bacitracin fusidic_acid fluconazole itraconazole voriconazole posaconazole
  isavuconazole ketoconazole clotrimazole miconazole terbinafine griseofulvin nystatin amphotericin amphotericin_b
  caspofungin micafungin anidulafungin flucytosine acyclovir aciclovir valacyclovir famciclovir ganciclovir
  valganciclovir foscarnet cidofovir oseltamivir zanamivir peramivir baloxavir ribavirin remdesivir nirmatrelvir
  molnupiravir favipiravir sofosbuvir ledipasvir velpatasvir daclatasvir simeprevir telaprevir boceprevir glecaprevir
  pibrentasvir entecavir tenofovir tenofovir_disoproxil_fumarate tenofovir_alafenamide adefovir adefovir_dipivoxil
  lamivudine telbivudine emtricitabine zidovudine abacavir didanosine stavudine efavirenz nevirapine etravirine
  rilpivirine doravirine atazanavir darunavir lopinavir ritonavir nelfinavir saquinavir fosamprenavir raltegravir
  elvitegravir dolutegravir bictegravir cabotegravir maraviroc enfuvirtide cobicistat chloroquine hydroxychloroquine
  quinine mefloquine primaquine atovaquone proguanil artesunate artemether lumefantrine pyrimethamine pentamidine
  ivermectin albendazole mebendazole praziquantel pyrantel permethrin nitazoxanide miltefosine
  cisplatin carboplatin oxaliplatin nedaplatin paclitaxel nab-paclitaxel docetaxel cabazitaxel vincristine vinblastine
  vinorelbine eribulin ixabepilone doxorubicin daunorubicin epirubicin idarubicin mitoxantrone bleomycin dactinomycin
  mitomycin mitomycin_c etoposide teniposide irinotecan topotecan cyclophosphamide ifosfamide mesna melphalan
  chlorambucil busulfan bendamustine carmustine lomustine dacarbazine temozolomide procarbazine thiotepa streptozocin
  methotrexate pemetrexed pralatrexate fluorouracil 5-fluorouracil 5-fu capecitabine tegafur tegafur/uracil s-1 uft
  gemcitabine cytarabine azacitidine decitabine fludarabine mercaptopurine 6-mercaptopurine thioguanine clofarabine
  nelarabine asparaginase pegaspargase leucovorin folinic_acid tretinoin atra arsenic_trioxide trabectedin romidepsin
  vorinostat imatinib dasatinib nilotinib bosutinib ponatinib gefitinib erlotinib afatinib osimertinib icotinib
  lapatinib neratinib tucatinib crizotinib ceritinib alectinib brigatinib lorlatinib sorafenib sunitinib pazopanib
  axitinib cabozantinib lenvatinib regorafenib vandetanib apatinib anlotinib ibrutinib acalabrutinib zanubrutinib
  ruxolitinib fedratinib tofacitinib baricitinib upadacitinib vemurafenib dabrafenib encorafenib trametinib
  cobimetinib binimetinib palbociclib ribociclib abemaciclib olaparib niraparib rucaparib talazoparib venetoclax
  idelalisib everolimus sirolimus temsirolimus bortezomib carfilzomib ixazomib thalidomide lenalidomide pomalidomide
  rituximab ofatumumab obinutuzumab bevacizumab ramucirumab cetuximab panitumumab trastuzumab pertuzumab
  trastuzumab_emtansine nivolumab pembrolizumab ipilimumab atezolizumab durvalumab avelumab cemiplimab daratumumab
  elotuzumab blinatumomab brentuximab inotuzumab gemtuzumab denosumab tamoxifen raloxifene toremifene fulvestrant
  anastrozole letrozole exemestane leuprolide goserelin triptorelin degarelix bicalutamide flutamide nilutamide
  enzalutamide apalutamide abiraterone octreotide lanreotide pasireotide interferon interferon_alpha peginterferon
  aldesleukin mitotane
  azathioprine mycophenolate mycophenolate_mofetil mmf cyclosporine cyclosporin ciclosporin tacrolimus basiliximab
  antithymocyte_globulin thymoglobulin belatacept leflunomide infliximab adalimumab etanercept certolizumab golimumab
  tocilizumab sarilumab abatacept anakinra canakinumab rilonacept secukinumab ixekizumab ustekinumab guselkumab
  risankizumab tildrakizumab vedolizumab belimumab eculizumab ravulizumab omalizumab mepolizumab benralizumab dupilumab
  tezepelumab apremilast penicillamine d-penicillamine ivig immunoglobulin immune_globulin intravenous_immunoglobulin
  gamma_globulin r-chop chop folfox folfiri abvd haart g-csf gm-csf
  amoxil augmentin zosyn unasyn keflex ancef kefzol ceftin rocephin fortaz maxipime suprax vantin omnicef teflaro
  primaxin merrem invanz azactam garamycin nebcin amikin vancocin cubicin zyvox cleocin zithromax z-pak zpak biaxin
  dificid vibramycin minocin tygacil cipro levaquin avelox bactrim bactrim_ds septra macrobid macrodantin monurol flagyl
  tindamax xifaxan bactroban diflucan sporanox vfend noxafil nizoral lotrimin lamisil mycostatin cancidas mycamine
  zovirax valtrex famvir cytovene valcyte tamiflu relenza xofluza paxlovid veklury copegus sovaldi harvoni epclusa
  mavyret baraclude viread vemlidy hepsera epivir epzicom trizivir kivexa videx zerit viramune rescriptor crixivan viracept fortovase lexiva reyataz aptivus truvada descovy atripla biktarvy genvoya stribild triumeq
  tivicay isentress prezista kaletra norvir retrovir combivir sustiva plaquenil malarone mepron stromectol elimite
  taxol abraxane taxotere adriamycin doxil velban navelbine camptosar hycamtin cytoxan ifex alkeran leukeran temodar
  alimta xeloda gemzar vidaza dacogen purixan gleevec sprycel tasigna iressa tarceva tagrisso xalkori nexavar sutent
  votrient inlyta lenvima stivarga imbruvica calquence jakafi xeljanz olumiant rinvoq ibrance kisqali verzenio lynparza
  zejula venclexta afinitor velcade kyprolis thalomid revlimid pomalyst rituxan avastin cyramza erbitux vectibix
  herceptin perjeta kadcyla opdivo keytruda yervoy tecentriq imfinzi darzalex adcetris prolia xgeva evista nolvadex
  faslodex arimidex femara aromasin lupron zoladex casodex xtandi zytiga sandostatin imuran cellcept myfortic
  neoral sandimmune gengraf prograf rapamune arava remicade humira enbrel cimzia simponi actemra orencia kineret ilaris
  cosentyx taltz stelara tremfya skyrizi entyvio benlysta soliris xolair nucala fasenra dupixent otezla azulfidine
`);
