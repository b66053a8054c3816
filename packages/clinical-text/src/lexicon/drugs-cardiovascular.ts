import { words } from './words.ts';

/** Heart, vessels, blood, kidneys, lipids. International non-proprietary names, salts and United States brands. */
export const cardiovascularDrugs: readonly string[] = words(`
  lisinopril enalapril enalaprilat captopril ramipril benazepril fosinopril quinapril perindopril trandolapril moexipril
  imidapril zofenopril cilazapril losartan valsartan olmesartan irbesartan candesartan telmisartan azilsartan eprosartan
  sacubitril metoprolol atenolol propranolol carvedilol bisoprolol nebivolol labetalol nadolol timolol sotalol esmolol
  landiolol pindolol acebutolol betaxolol amlodipine nifedipine felodipine nicardipine isradipine nisoldipine
  lercanidipine nimodipine clevidipine diltiazem verapamil hydralazine minoxidil clonidine methyldopa guanfacine
  doxazosin prazosin terazosin reserpine aliskiren furosemide torsemide torasemide bumetanide ethacrynic_acid
  hydrochlorothiazide hctz chlorthalidone chlorothiazide indapamide metolazone spironolactone eplerenone finerenone
  amiloride triamterene acetazolamide mannitol tolvaptan conivaptan digoxin digitoxin amiodarone dronedarone flecainide
  propafenone dofetilide ibutilide procainamide quinidine disopyramide mexiletine lidocaine adenosine atropine ivabradine
  ranolazine nitroglycerin nitroglycerine glyceryl_trinitrate isosorbide isosorbide_mononitrate isosorbide_dinitrate
  nitroprusside nesiritide milrinone dobutamine dopamine epinephrine adrenaline norepinephrine noradrenaline
  phenylephrine ephedrine vasopressin terlipressin isoproterenol isoprenaline levosimendan midodrine droxidopa
  sildenafil tadalafil vardenafil avanafil bosentan ambrisentan macitentan riociguat selexipag treprostinil epoprostenol
  iloprost alprostadil atorvastatin simvastatin rosuvastatin pravastatin lovastatin fluvastatin pitavastatin ezetimibe
  gemfibrozil fenofibrate bezafibrate niacin cholestyramine colestipol colesevelam evolocumab alirocumab inclisiran
  icosapent lomitapide warfarin acenocoumarol acenocumarol phenprocoumon fluindione heparin enoxaparin dalteparin
  tinzaparin nadroparin bemiparin fondaparinux apixaban rivaroxaban dabigatran edoxaban argatroban bivalirudin
  lepirudin aspirin acetylsalicylic_acid asa clopidogrel prasugrel ticagrelor cangrelor ticlopidine dipyridamole
  cilostazol pentoxifylline abciximab eptifibatide tirofiban alteplase tenecteplase reteplase streptokinase urokinase
  tpa tranexamic_acid aminocaproic_acid vitamin_k phytonadione protamine idarucizumab andexanet desmopressin ddavp
  epoetin darbepoetin erythropoietin filgrastim pegfilgrastim lenograstim sargramostim romiplostim eltrombopag
  avatrombopag deferasirox deferoxamine deferiprone hydroxyurea ferrous_sulfate ferrous_gluconate ferrous_fumarate
  iron_sucrose iron_dextran ferric_carboxymaltose folic_acid folate cyanocobalamin hydroxocobalamin sevelamer lanthanum
  calcium_acetate cinacalcet paricalcitol calcitriol patiromer emicizumab fibrinogen antithrombin prothrombin_complex
  albumin tafamidis mavacamten vericiguat bempedoic_acid
  zestril prinivil vasotec capoten altace lotensin accupril monopril aceon mavik univasc cozaar diovan benicar avapro
  atacand micardis edarbi teveten entresto hyzaar zestoretic prinzide lotrel exforge azor tribenzor twynsta lopressor
  toprol toprol_xl tenormin inderal coreg zebeta ziac bystolic trandate normodyne corgard betapace brevibloc norvasc
  procardia adalat plendil cardene sular cardizem cartia tiazac calan isoptin verelan tarka caduet apresoline bidil
  loniten catapres tenex cardura minipress hytrin tekturna lasix demadex bumex edecrin microzide esidrix diuril
  zaroxolyn aldactone aldactazide inspra kerendia midamor dyazide maxzide diamox samsca lanoxin cordarone pacerone
  multaq tambocor rythmol tikosyn corvert norpace ranexa nitrostat nitro imdur isordil ismo natrecor viagra revatio
  cialis adcirca levitra tracleer letairis opsumit adempas uptravi remodulin flolan lipitor zocor crestor pravachol
  mevacor lescol livalo zetia vytorin lopid tricor trilipix niaspan questran welchol repatha praluent leqvio vascepa
  lovaza coumadin jantoven lovenox fragmin arixtra eliquis xarelto pradaxa savaysa angiomax ecotrin bayer plavix
  effient brilinta persantine aggrenox pletal trental reopro integrilin aggrastat activase tnkase amicar lysteda
  avalide micardis_hct diovan_hct benicar_hct lotensin_hct vaseretic ziac_hct dynacirc covera cleocard nitrolingual minitran
  epogen procrit aranesp neupogen neulasta nplate promacta exjade jadenu desferal hydrea feosol slow_fe venofer
  injectafer renagel renvela fosrenol phoslo sensipar zemplar rocaltrol feraheme corlanor nexletol camzyos verquvo
`);
