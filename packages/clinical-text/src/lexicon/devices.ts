import { phrases } from './words.ts';

/** Things in or on a patient's body. */
export const devices: readonly string[] = phrases(`
  pacemaker, ppm, permanent pacemaker, icd, aicd, implantable cardioverter defibrillator, defibrillator, crt-d, crt-p, crtd, loop recorder, foley, foley catheter, urinary catheter, indwelling catheter, suprapubic catheter, catheter, idc, long term catheter,
  picc, picc line, central line, central venous catheter, cvc, midline catheter, midline line, midline cannula, midline in situ, hickman line, portacath, port-a-cath, port, dialysis catheter, tesio line, vascath, arterial line, art line, iv cannula, cannula, peripheral iv, piv, iv access, swan-ganz catheter, av fistula, avf, av graft,
  chest drain, chest tube, ng tube, nasogastric tube, ngt, nj tube, peg, peg tube, peg feeding tube, g-tube, gastrostomy tube, j-tube, feeding tube, tracheostomy, tracheostomy tube, trach, endotracheal tube, ett, et tube, surgical drain, jp drain, penrose drain, nephrostomy, nephrostomy tube, biliary drain,
  ventriculoperitoneal shunt, vp shunt, evd, stent, stents, drug-eluting stent, des, ureteric stent, ureteral stent, jj stent, biliary stent, ivc filter, mechanical valve, prosthetic valve, bioprosthetic valve, prosthesis, hip prosthesis, iud, mirena, mirena coil, copper coil, implanon, nexplanon, insulin pump, cgm, libre,
  cpap, cpap machine, bipap, ventilator, home oxygen, nasal cannula, cochlear implant, hearing aid, hearing aids, wound vac, vac dressing, cast, splint, sling, knee brace, cervical collar, external fixator, colostomy, colostomy bag, ileostomy, stoma, stoma bag, urostomy, lvad, intrathecal pump, spinal cord stimulator, breast implants, intraocular lens
`);
export const deviceStatus = {
  removed: phrases(
    "removed, out, taken out, pulled, discontinued, dc'd, d/c'd, explanted, removal, removal of, self-extracted, came out, fell out, decannulated, weaned off, without",
  ),
  planned: phrases(
    'for, will need, needs, planned, plan for, scheduled for, to have, consider, considering, awaiting, refer for, referred for, insert, place, pending, would benefit from, will have, candidate for, to be inserted, due, will be placed, to be placed, be placed in, will be fitted, will be put, recommended, recommend, provide, will use, prescribed',
  ),
} as const;
