import { contract } from './index.ts';

/** One rule of an AWS managed group that clinical prose trips, set aside on the note routes and nowhere else. */
export interface WafException {
  /** The managed rule group, vendor AWS. */
  readonly group: string;

  /** The rule within the group, as `RuleActionOverrides` names it. */
  readonly rule: string;

  /** The label that the rule adds when it matches, also in count mode; a later rule blocks by it elsewhere. */
  readonly label: string;

  /** Why this rule cannot judge a clinical note. */
  readonly reason: string;

  /** The attack classes of the OWASP core rules that replace the rule in tests; empty for a size limit. */
  readonly crsTags: readonly string[];
}

/**
 * The managed rules that are set aside on the note routes. All of them look at the BODY: path, query, cookies and
 * headers of the note routes, and everything on every other route, stay guarded.
 *
 * A managed rule cannot be scoped by path alone, so each is overridden to count, and a rule behind the groups blocks
 * what carries its label and is not a note route:
 * https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-label-match-examples.html
 */
export const wafExceptions: readonly WafException[] = [
  {
    group: 'AWSManagedRulesCommonRuleSet',
    rule: 'SizeRestrictions_BODY',
    label: 'awswaf:managed:aws:core-rule-set:SizeRestrictions_Body',
    reason: 'Refuses bodies over 8 KB; a note of 10,000 characters is larger. The service bounds the body itself.',
    crsTags: [],
  },
  {
    group: 'AWSManagedRulesCommonRuleSet',
    rule: 'CrossSiteScripting_BODY',
    label: 'awswaf:managed:aws:core-rule-set:CrossSiteScripting_Body',
    reason: 'Notes hold < and > ("BP <120") and pasted mark-up; the API answers JSON alone and never renders a note.',
    crsTags: ['attack-xss'],
  },
  {
    group: 'AWSManagedRulesCommonRuleSet',
    rule: 'GenericLFI_BODY',
    label: 'awswaf:managed:aws:core-rule-set:GenericLFI_Body',
    reason: 'Notes hold dots and slashes ("../", "2/6"); no part of a note is ever a path.',
    crsTags: ['attack-lfi'],
  },
  {
    group: 'AWSManagedRulesCommonRuleSet',
    rule: 'GenericRFI_BODY',
    label: 'awswaf:managed:aws:core-rule-set:GenericRFI_Body',
    reason: 'Notes cite addresses (portals, images); the service fetches nothing that a note names.',
    crsTags: ['attack-rfi'],
  },
  {
    group: 'AWSManagedRulesSQLiRuleSet',
    rule: 'SQLi_BODY',
    label: 'awswaf:managed:aws:sql-database:SQLi_Body',
    reason:
      'Prose holds quotes, dashes, "or", "select", "union"; every query is parameterized and notes are ciphertext.',
    crsTags: ['attack-sqli'],
  },
  {
    group: 'AWSManagedRulesSQLiRuleSet',
    rule: 'SQLiExtendedPatterns_BODY',
    label: 'awswaf:managed:aws:sql-database:SQLiExtendedPatterns_Body',
    reason: 'As SQLi_BODY, with more patterns.',
    crsTags: ['attack-sqli'],
  },
  {
    group: 'AWSManagedRulesUnixRuleSet',
    rule: 'UNIXShellCommandsVariables_BODY',
    label: 'awswaf:managed:aws:posix-os:UNIXShellCommandsVariables_Body',
    reason: 'Prose holds command names after punctuation ("; more", "| test"); the service starts no shell.',
    crsTags: ['attack-rce'],
  },
];

/** The routes on which `wafExceptions` apply: exact paths, so a variant of a path is judged by every rule. */
export const wafExceptionPaths: readonly string[] = contract.noteRoutes.flatMap((path) => [
  path,
  contract.pageApi + path,
]);

/**
 * Classes of the OWASP core rules that clinical prose trips and that no managed group of ours has: a ModSecurity that
 * guards the note routes sets them aside for the text of a note, too. Found by sending every text of five corpora.
 */
export const crsExceptions: readonly { readonly tag: string; readonly reason: string }[] = [
  {
    tag: 'attack-injection-php',
    reason: 'Rule 933210 takes "(n = 12) (Fig. 2);" for a call of a PHP function; there is no PHP to inject into.',
  },
  {
    tag: 'attack-protocol',
    reason:
      'Rule 921110 takes a line that ends "get better" or "options discussed" for a request; a JSON string smuggles none.',
  },
];
