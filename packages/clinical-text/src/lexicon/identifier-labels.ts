import type { PhiCategory } from '../engine.ts';
import { phrases } from './words.ts';

/** Labels before an identifier. The value is read after them, so these alone never hide anything. */
export const identifierLabels: Partial<Record<PhiCategory, readonly string[]>> = {
  MRN: phrases(
    `mrn, mr, medical record number, medical record, medical record no, medical record #, med rec, med rec no, mr number, chart number, chart, chart no, unit number, unit no, hospital #, hosp #, hospital number, patient number, hospital no, patient no, nhs, nhs no, nhs number, nhs #, chi, chi no, chi number, h&c no, h&c number, hsc no, hcn, urn, ur, ur no, ur number, hosp no, hosp number, hospital id, unit record, patientennummer, pat nr, fallnummer, aufnahmenummer, phn, nhi, nhi no, hosp. no, hosp. ref, hosp ref, hospital ref, pat. no, ramq`,
  ),
  ACCOUNT: phrases(
    `account, account number, account no, acct, acct no, account #, billing number, invoice, encounter number, encounter, visit number, fin, csn, har, bank account, iban, bus pass, cust no, customer no, customer number, crn, workcover claim, routing number, credit card, card number, claim number, claim, case number, case no, sort code, bsb, card`,
  ),
  SSN: phrases(
    `ssn, social security number, social security, social security no, ss#, soc sec no, ss number, last four, last 4, last four digits, last 4 digits, last four of ssn, last 4 of ssn`,
  ),
  HEALTH_PLAN: phrases(
    `member id, member #, member no, member number, policy number, policy, policy no, group number, group no, subscriber id, subscriber number, insurance id, insurance number, medicare number, medicaid number, medicare id, medicaid id, health plan, health plan id, beneficiary number, beneficiary id, plan id, hicn, mbi, medicare, medicaid, ni number, ni no, nino, national insurance, national insurance number, national insurance no, pps, pps no, pps number, ppsn, sin, social insurance number, tfn, tax file number, sozialversicherungsnummer, sv nummer, ahv, ahv nr, itin, ohip, ohip number, health card, health card number, health card no, medical card, medical card number, medicare no, medicare card, ihi, dva, dva number, kvnr, versichertennummer, versicherungsnummer, krankenversichertennummer, mbi number, mem, mem id, mem no, ni, gms number, gms no`,
  ),
  LICENSE: phrases(
    `license, license number, license no, licence, licence number, certificate number, certificate, dea, dea number, dea no, npi, npi number, driver's license, drivers license, driver license, driver's license number, registration number, passport, passport number, gmc, gmc no, gmc number, nmc, nmc pin, imc no, mcrn, ahpra, ahpra no, provider number, prescriber number, cpso, hpcsa, bsnr, lanr, driving licence, driving licence number, driver licence, drivers licence, driver's licence, dl, dl no, lic, lic no, visa, visa no, visa number, visa grant, lic. no`,
  ),
  VEHICLE: phrases(
    `vin, vehicle identification number, license plate, license plate number, plate, plate number, plates, vehicle id, reg, reg no, reg number, vehicle registration, registration plate, number plate, vrm, licence plate, car registration, rego, kennzeichen, kfz, pkw`,
  ),
  DEVICE: phrases(
    `serial number, serial no, serial, s/n, sn, device id, device identifier, udi, lot number, lot no, lot, batch number, batch no, batch, model number, model no, device serial number, implant serial number, pacemaker serial number`,
  ),
  PHONE: phrases(
    `satphone, sat phone, whatsapp no, whatsapp number, phone, phone number, telephone, telephone number, tel, cell, cell phone, mobile, mobile number, home phone, work phone, contact number, pager, beeper, ext, extension, call, callback number, call back number, reached at, reach him at, reach her at, at telephone number, cell number, contact him at, contact her at, mob, mobile no, mobile phone, tel no, telephone no, phone no, ph, ring, rang, bleep, bleep no, blp, dect, x, switchboard, landline, contact no, contact tel, telefon, handy, fon, extn, durchwahl, dw, apparat`,
  ),
  FAX: phrases(`fax, fax number, facsimile, fax no`),
  LOCATION: phrases(`zip, zip code, zipcode, postcode, post code, postal code, plz, postleitzahl, eircode`),
  BIOMETRIC: phrases(
    `fingerprint id, fingerprint, voiceprint, voice print, retinal scan id, biometric id, palm print id`,
  ),
  OTHER_ID: phrases(
    `id, id number, identification number, accession, accession number, accession no, specimen, specimen number, specimen no, path number, pathology number, case, order number, order no, requisition, requisition number, requisition no, protocol number, study number, study id, subject id, job, job number, document id, document number, echo number, room, rm, bed, locker, badge, employee id, student id, confirmation number, tracking number, reference number, ref, barcode, patient id, user id, username, login, doc id, path no, path ref, lab no, lab number, lab ref, histology no, reference, our ref, your ref, number, rx number, rx no, run number, run no, file, image id, image ids, ids, photo id, film no, prisoner number, prisoner no, inmate number, inmate id, a-number, alien number, aadhaar, aadhar, aadhaar no, aadhaar number, pan, pan no, nric, fin no, voter id, ration card, ration card no, abha, abha id, cpf, curp, dni, nie, medallion, transmitter, keysafe, key safe, key code, door code, entry code, access code, crime ref, crime number, crime no, incident number, incident no, incident, log number, log no, case ref, file no, file number, docket, warrant, force number, service number, service no, employee number, employee no, staff number, staff no, payroll number, student number, student no, roll no, enrolment no, tag number, tag no, asset tag, badge number, badge no, booking ref, booking reference, locator, voucher, receipt no, slide no, block no, cassette no, sample no, sample number, sample id, barcode no, episode number, episode no, admission number, admission no, ip no, op no, opd no, ipd no, uhid, uhid no, cr no, reg. no of patient, path. no, lab. no, ref. no`,
  ),
};

/** Before a user name on a social network. */
export const handleLabels: readonly string[] = phrases(
  'instagram, insta, ig, snap, snapchat, tiktok, twitter, facebook, telegram, discord, skype, facetime, reddit, twitch, youtube, grindr, tinder, bumble, messenger, linkedin, handle, username, user name, screen name, gamertag, user, user id, userid, login, login name, portal user, portal login, account name, whatsapp, wechat, threads, pinterest, strava, alias on',
);
