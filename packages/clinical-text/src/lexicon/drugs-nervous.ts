import { words } from './words.ts';

/** Pain, anaesthesia, mind, nerves, muscle. */
export const nervousDrugs: readonly string[] = words(`
  acetaminophen paracetamol ibuprofen naproxen naproxen_sodium diclofenac ketorolac indomethacin meloxicam piroxicam
  nabumetone etodolac ketoprofen oxaprozin sulindac celecoxib rofecoxib valdecoxib etoricoxib mefenamic_acid metamizole
  dipyrone diflunisal salsalate flurbiprofen tolmetin morphine hydromorphone oxycodone hydrocodone codeine fentanyl
  sufentanil remifentanil remifentanyl alfentanil methadone buprenorphine tramadol tapentadol meperidine pethidine
  oxymorphone butorphanol nalbuphine pentazocine propoxyphene naloxone naltrexone methylnaltrexone butalbital
  caffeine sumatriptan rizatriptan zolmitriptan eletriptan naratriptan frovatriptan almotriptan ergotamine
  dihydroergotamine erenumab fremanezumab galcanezumab ubrogepant rimegepant atogepant colchicine allopurinol febuxostat
  probenecid pegloticase rasburicase gabapentin pregabalin carbamazepine oxcarbazepine eslicarbazepine phenytoin
  fosphenytoin valproate valproic_acid sodium_valproate divalproex vpa levetiracetam brivaracetam lamotrigine topiramate
  zonisamide lacosamide phenobarbital primidone ethosuximide felbamate vigabatrin rufinamide clobazam perampanel
  tiagabine cenobamate cannabidiol levodopa carbidopa entacapone tolcapone pramipexole ropinirole rotigotine
  bromocriptine cabergoline selegiline rasagiline amantadine benztropine trihexyphenidyl apomorphine donepezil
  rivastigmine galantamine memantine riluzole edaravone pyridostigmine neostigmine edrophonium tetrabenazine
  deutetrabenazine dantrolene baclofen tizanidine cyclobenzaprine methocarbamol carisoprodol metaxalone orphenadrine
  botulinum_toxin interferon_beta glatiramer natalizumab ocrelizumab ofatumumab fingolimod siponimod teriflunomide
  dimethyl_fumarate cladribine alemtuzumab nusinersen idebenone betahistine meclizine dimenhydrinate fluoxetine
  sertraline paroxetine citalopram escitalopram fluvoxamine venlafaxine desvenlafaxine duloxetine milnacipran bupropion
  mirtazapine trazodone nefazodone vilazodone vortioxetine amitriptyline nortriptyline imipramine desipramine doxepin
  clomipramine protriptyline phenelzine tranylcypromine isocarboxazid esketamine lithium lithium_carbonate haloperidol
  chlorpromazine fluphenazine perphenazine thioridazine trifluoperazine thiothixene loxapine risperidone paliperidone
  olanzapine quetiapine ziprasidone aripiprazole clozapine lurasidone asenapine iloperidone brexpiprazole cariprazine
  pimavanserin droperidol prochlorperazine promethazine metoclopramide alprazolam lorazepam diazepam clonazepam
  midazolam temazepam oxazepam chlordiazepoxide triazolam flurazepam buspirone hydroxyzine zolpidem zaleplon eszopiclone
  zopiclone suvorexant ramelteon melatonin methylphenidate dexmethylphenidate amphetamine dextroamphetamine
  lisdexamfetamine atomoxetine modafinil armodafinil varenicline disulfiram acamprosate nicotine propofol etomidate
  ketamine thiopental methohexital dexmedetomidine sevoflurane sevofluorane isoflurane desflurane nitrous_oxide n2o
  succinylcholine suxamethonium rocuronium vecuronium cisatracurium atracurium pancuronium sugammadex bupivacaine
  ropivacaine levobupivacaine mepivacaine prilocaine procaine tetracaine benzocaine glycopyrrolate flumazenil
  tylenol advil motrin aleve naprosyn anaprox voltaren cataflam toradol indocin mobic feldene relafen lodine daypro
  clinoril celebrex vioxx bextra arthrotec ms_contin roxanol dilaudid oxycontin percocet percodan roxicet roxicodone
  vicodin norco lortab lorcet tylox tylenol_#3 duragesic suboxone subutex ultram ultracet nucynta demerol opana
  darvocet darvon narcan vivitrol fioricet fiorinal esgic imitrex maxalt zomig relpax amerge frova aimovig ajovy
  emgality nurtec ubrelvy colcrys mitigare zyloprim uloric neurontin gralise horizant lyrica tegretol trileptal dilantin
  cerebyx depakote depakene keppra briviact lamictal topamax zonegran vimpat mysoline zarontin sabril banzel
  onfi fycompa gabitril xcopri epidiolex sinemet stalevo comtan mirapex requip neupro parlodel dostinex eldepryl azilect
  symmetrel cogentin artane aricept exelon razadyne namenda namzaric rilutek mestinon xenazine austedo lioresal
  zanaflex flexeril robaxin soma skelaxin norflex botox avonex rebif betaseron copaxone tysabri ocrevus gilenya aubagio
  tecfidera lemtrada spinraza antivert bonine dramamine prozac zoloft paxil celexa lexapro luvox effexor pristiq
  cymbalta savella wellbutrin zyban remeron desyrel viibryd trintellix elavil pamelor tofranil norpramin sinequan
  anafranil nardil parnate spravato lithobid eskalith haldol thorazine prolixin mellaril stelazine navane risperdal
  invega zyprexa seroquel geodon abilify clozaril latuda saphris fanapt rexulti vraylar nuplazid compazine phenergan
  reglan xanax ativan valium klonopin versed restoril serax librium halcion buspar vistaril atarax ambien sonata lunesta
  belsomra rozerem ritalin concerta focalin adderall dexedrine vyvanse strattera cylert metadate methylin daytrana focalin_xr equagesic midrin cafergot provigil nuvigil chantix antabuse
  campral nicoderm nicorette diprivan amidate ketalar pentothal precedex anectine zemuron nimbex marcaine sensorcaine
  naropin xylocaine lidoderm carbocaine emla robinul excedrin midol percogesic bengay
`);
