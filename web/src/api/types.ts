// Written by `npm run docs` from the schemas of the service. Do not edit.

export type Analysis = {
  readonly engine: string;
  readonly version: string;
  readonly rule_pack_sha256: string;
  readonly sections: readonly {
    readonly start: number;
    readonly end: number;
    readonly text: string;
    readonly label: 'chief-complaint' | 'history-of-present-illness' | 'past-medical-history' | 'past-surgical-history' | 'family-history' | 'social-history' | 'obstetric-history' | 'other-history' | 'medications' | 'allergies' | 'immunizations' | 'review-of-systems' | 'vitals' | 'physical-exam' | 'laboratory' | 'imaging' | 'results' | 'procedures' | 'assessment' | 'diagnosis' | 'plan' | 'assessment-and-plan' | 'disposition' | 'hospital-course' | 'administrative';
    readonly part: 'subjective' | 'objective-exam' | 'objective-results' | 'assessment-and-plan';
    readonly heading: Span | null;
  }[];
  readonly findings: readonly {
    readonly start: number;
    readonly end: number;
    readonly text: string;
    readonly kind: 'problem' | 'symptom';
    readonly section: 'chief-complaint' | 'history-of-present-illness' | 'past-medical-history' | 'past-surgical-history' | 'family-history' | 'social-history' | 'obstetric-history' | 'other-history' | 'medications' | 'allergies' | 'immunizations' | 'review-of-systems' | 'vitals' | 'physical-exam' | 'laboratory' | 'imaging' | 'results' | 'procedures' | 'assessment' | 'diagnosis' | 'plan' | 'assessment-and-plan' | 'disposition' | 'hospital-course' | 'administrative' | null;
    readonly negation: 'affirmed' | 'negated';
    readonly certainty: 'certain' | 'uncertain';
    readonly temporality: 'recent' | 'historical' | 'hypothetical';
    readonly experiencer: 'patient' | 'other';
  }[];
  readonly medications: readonly {
    readonly start: number;
    readonly end: number;
    readonly text: string;
    readonly kind: 'drug' | 'class';
    readonly doses: readonly Span[];
    readonly routes: readonly Span[];
    readonly frequencies: readonly Span[];
    readonly negation: 'affirmed' | 'negated';
  }[];
  readonly vitals: readonly Measurement[];
  readonly labs: readonly Measurement[];
  readonly ages: readonly {
    readonly start: number;
    readonly end: number;
    readonly text: string;
    readonly years: number | null;
  }[];
  readonly sexes: readonly {
    readonly start: number;
    readonly end: number;
    readonly text: string;
    readonly value: 'female' | 'male';
  }[];
  readonly phi: readonly {
    readonly start: number;
    readonly end: number;
    readonly text: string;
    readonly category: 'NAME' | 'LOCATION' | 'DATE' | 'AGE_OVER_89' | 'PHONE' | 'FAX' | 'EMAIL' | 'SSN' | 'MRN' | 'HEALTH_PLAN' | 'ACCOUNT' | 'LICENSE' | 'VEHICLE' | 'DEVICE' | 'URL' | 'IP' | 'BIOMETRIC' | 'INSTITUTION' | 'OTHER_ID';
    readonly rule: string;
  }[];
  readonly deidentified: Deidentified;
  readonly summary: {
    readonly sentences: readonly {
      readonly start: number;
      readonly end: number;
      readonly text: string;
      readonly section: 'chief-complaint' | 'history-of-present-illness' | 'past-medical-history' | 'past-surgical-history' | 'family-history' | 'social-history' | 'obstetric-history' | 'other-history' | 'medications' | 'allergies' | 'immunizations' | 'review-of-systems' | 'vitals' | 'physical-exam' | 'laboratory' | 'imaging' | 'results' | 'procedures' | 'assessment' | 'diagnosis' | 'plan' | 'assessment-and-plan' | 'disposition' | 'hospital-course' | 'administrative' | null;
      readonly reasons: readonly ('complaint' | 'problem' | 'medication' | 'dose' | 'abnormal' | 'plan')[];
    }[];
  };
  readonly model?: ModelAnswer;
  readonly v2?: AnalysisV2;
};

export type AnalysisV2 = {
  readonly schema: 2;
  readonly language?: 'english' | 'other';
  readonly structure: {
    readonly items: readonly {
      readonly start: number;
      readonly end: number;
      readonly kind: 'sentence' | 'list-item' | 'pair' | 'box' | 'row';
    }[];
  };
  readonly problems: readonly {
    readonly start: number;
    readonly end: number;
    readonly text: string;
    readonly id: string;
    readonly section: number | null;
    readonly item: number;
    readonly rules: readonly string[];
    readonly confidence: 'high' | 'medium' | 'low';
    readonly codes: readonly {
      readonly system: 'loinc' | 'ucum' | 'rxnorm' | 'icd-10-cm' | 'snomed' | 'dm+d' | 'local';
      readonly code: string;
      readonly display?: string;
      readonly from: 'built-in' | 'file';
    }[];
    readonly presence: 'present' | 'likely' | 'possible' | 'unlikely' | 'absent';
    readonly conditional: boolean;
    readonly generic: boolean;
    readonly time: 'current' | 'past' | 'resolved' | 'future';
    readonly subject: 'patient' | 'family' | 'fetus' | 'donor' | 'other';
    readonly relation?: Span2;
    readonly cues: readonly {
      readonly start: number;
      readonly end: number;
      readonly text: string;
      readonly cue: 'negation' | 'doubt' | 'history' | 'resolution' | 'condition' | 'generic' | 'subject' | 'heading' | 'answer' | 'checkbox';
    }[];
    readonly kind: 'problem' | 'symptom' | 'sign';
    readonly severity?: {
      readonly start: number;
      readonly end: number;
      readonly text: string;
      readonly value: 'mild' | 'moderate' | 'severe';
    };
    readonly site?: Span2;
    readonly side?: {
      readonly start: number;
      readonly end: number;
      readonly text: string;
      readonly value: 'left' | 'right' | 'bilateral';
    };
    readonly course?: Span2;
    readonly onset?: When;
    readonly reaction_to?: string;
  }[];
  readonly medications: readonly {
    readonly start: number;
    readonly end: number;
    readonly text: string;
    readonly id: string;
    readonly section: number | null;
    readonly item: number;
    readonly rules: readonly string[];
    readonly confidence: 'high' | 'medium' | 'low';
    readonly codes: readonly {
      readonly system: 'loinc' | 'ucum' | 'rxnorm' | 'icd-10-cm' | 'snomed' | 'dm+d' | 'local';
      readonly code: string;
      readonly display?: string;
      readonly from: 'built-in' | 'file';
    }[];
    readonly name: string;
    readonly kind: 'drug' | 'class' | 'unlisted';
    readonly status: 'active' | 'new' | 'changed' | 'stopped' | 'held' | 'completed' | 'planned' | 'refused' | 'historical' | 'not-given' | 'unknown';
    readonly status_cues: readonly Span2[];
    readonly subject: 'patient' | 'family' | 'fetus' | 'donor' | 'other';
    readonly presence: 'present' | 'likely' | 'possible' | 'unlikely' | 'absent';
    readonly steps: readonly Regimen[];
    readonly previous?: Regimen;
    readonly replaces?: string;
    readonly replaced_by?: string;
  }[];
  readonly allergies: readonly {
    readonly start: number;
    readonly end: number;
    readonly text: string;
    readonly id: string;
    readonly section: number | null;
    readonly item: number;
    readonly rules: readonly string[];
    readonly confidence: 'high' | 'medium' | 'low';
    readonly codes: readonly {
      readonly system: 'loinc' | 'ucum' | 'rxnorm' | 'icd-10-cm' | 'snomed' | 'dm+d' | 'local';
      readonly code: string;
      readonly display?: string;
      readonly from: 'built-in' | 'file';
    }[];
    readonly substance: string | null;
    readonly kind: 'allergy' | 'intolerance' | 'unknown';
    readonly category: 'medication' | 'food' | 'environment' | 'other';
    readonly none: 'no-known-allergies' | 'no-known-drug-allergies' | 'not-asked' | null;
    readonly reactions: readonly Span2[];
    readonly status: 'active' | 'refuted' | 'resolved';
    readonly subject: 'patient' | 'family' | 'fetus' | 'donor' | 'other';
  }[];
  readonly tests: readonly {
    readonly start: number;
    readonly end: number;
    readonly text: string;
    readonly id: string;
    readonly section: number | null;
    readonly item: number;
    readonly rules: readonly string[];
    readonly confidence: 'high' | 'medium' | 'low';
    readonly codes: readonly {
      readonly system: 'loinc' | 'ucum' | 'rxnorm' | 'icd-10-cm' | 'snomed' | 'dm+d' | 'local';
      readonly code: string;
      readonly display?: string;
      readonly from: 'built-in' | 'file';
    }[];
    readonly name: string;
    readonly kind: 'vital' | 'lab' | 'score' | 'other';
    readonly pending: boolean;
    readonly specimen?: Span2;
    readonly values: readonly {
      readonly text: Span2;
      readonly low: number | null;
      readonly high: number | null;
      readonly comparator: '<' | '<=' | '>' | '>=' | '~' | null;
      readonly unit: string | null;
      readonly ucum: string | null;
      readonly parts?: readonly {
        readonly name: 'systolic' | 'diastolic';
        readonly value: number;
      }[];
      readonly words?: Span2;
      readonly position?: 'lying' | 'sitting' | 'standing';
      readonly on?: Span2;
      readonly newest: boolean;
      readonly baseline: boolean;
      readonly flag_of_note: {
        readonly text: Span2;
        readonly value: 'low' | 'high' | 'critical' | 'abnormal' | 'normal';
      } | null;
      readonly range_of_note?: Quantity;
      readonly flag_of_range: {
        readonly value: 'low' | 'normal' | 'high';
        readonly range: readonly number[];
        readonly source: string;
      } | null;
    }[];
    readonly target?: Quantity;
  }[];
  readonly procedures: readonly {
    readonly start: number;
    readonly end: number;
    readonly text: string;
    readonly id: string;
    readonly section: number | null;
    readonly item: number;
    readonly rules: readonly string[];
    readonly confidence: 'high' | 'medium' | 'low';
    readonly codes: readonly {
      readonly system: 'loinc' | 'ucum' | 'rxnorm' | 'icd-10-cm' | 'snomed' | 'dm+d' | 'local';
      readonly code: string;
      readonly display?: string;
      readonly from: 'built-in' | 'file';
    }[];
    readonly presence: 'present' | 'likely' | 'possible' | 'unlikely' | 'absent';
    readonly conditional: boolean;
    readonly generic: boolean;
    readonly time: 'current' | 'past' | 'resolved' | 'future';
    readonly subject: 'patient' | 'family' | 'fetus' | 'donor' | 'other';
    readonly relation?: Span2;
    readonly cues: readonly {
      readonly start: number;
      readonly end: number;
      readonly text: string;
      readonly cue: 'negation' | 'doubt' | 'history' | 'resolution' | 'condition' | 'generic' | 'subject' | 'heading' | 'answer' | 'checkbox';
    }[];
    readonly status: 'done' | 'planned' | 'refused' | 'cancelled' | 'in-progress';
    readonly site?: Span2;
    readonly side?: {
      readonly start: number;
      readonly end: number;
      readonly text: string;
      readonly value: 'left' | 'right' | 'bilateral';
    };
    readonly when?: When;
  }[];
  readonly devices: readonly {
    readonly start: number;
    readonly end: number;
    readonly text: string;
    readonly id: string;
    readonly section: number | null;
    readonly item: number;
    readonly rules: readonly string[];
    readonly confidence: 'high' | 'medium' | 'low';
    readonly codes: readonly {
      readonly system: 'loinc' | 'ucum' | 'rxnorm' | 'icd-10-cm' | 'snomed' | 'dm+d' | 'local';
      readonly code: string;
      readonly display?: string;
      readonly from: 'built-in' | 'file';
    }[];
    readonly status: 'in-situ' | 'removed' | 'planned';
    readonly site?: Span2;
    readonly side?: {
      readonly start: number;
      readonly end: number;
      readonly text: string;
      readonly value: 'left' | 'right' | 'bilateral';
    };
    readonly since?: When;
  }[];
  readonly social: readonly {
    readonly start: number;
    readonly end: number;
    readonly text: string;
    readonly id: string;
    readonly section: number | null;
    readonly item: number;
    readonly rules: readonly string[];
    readonly confidence: 'high' | 'medium' | 'low';
    readonly codes: readonly {
      readonly system: 'loinc' | 'ucum' | 'rxnorm' | 'icd-10-cm' | 'snomed' | 'dm+d' | 'local';
      readonly code: string;
      readonly display?: string;
      readonly from: 'built-in' | 'file';
    }[];
    readonly kind: 'tobacco' | 'alcohol' | 'drugs' | 'living' | 'work' | 'mobility';
    readonly status: 'current' | 'former' | 'never' | 'unknown';
    readonly amount?: Quantity;
  }[];
  readonly code_status: readonly {
    readonly start: number;
    readonly end: number;
    readonly text: string;
    readonly id: string;
    readonly section: number | null;
    readonly item: number;
    readonly rules: readonly string[];
    readonly confidence: 'high' | 'medium' | 'low';
    readonly codes: readonly {
      readonly system: 'loinc' | 'ucum' | 'rxnorm' | 'icd-10-cm' | 'snomed' | 'dm+d' | 'local';
      readonly code: string;
      readonly display?: string;
      readonly from: 'built-in' | 'file';
    }[];
    readonly value: 'full' | 'dnar' | 'no-intubation' | 'ward-based' | 'comfort' | 'other';
  }[];
  readonly follow_up: readonly {
    readonly start: number;
    readonly end: number;
    readonly text: string;
    readonly id: string;
    readonly section: number | null;
    readonly item: number;
    readonly rules: readonly string[];
    readonly confidence: 'high' | 'medium' | 'low';
    readonly codes: readonly {
      readonly system: 'loinc' | 'ucum' | 'rxnorm' | 'icd-10-cm' | 'snomed' | 'dm+d' | 'local';
      readonly code: string;
      readonly display?: string;
      readonly from: 'built-in' | 'file';
    }[];
    readonly kind: 'appointment' | 'test' | 'imaging' | 'referral' | 'pending-result' | 'monitoring' | 'advice' | 'return-if';
    readonly what: Span2;
    readonly due?: When;
    readonly who?: Span2;
  }[];
  readonly summary: {
    readonly sentences: readonly {
      readonly start: number;
      readonly end: number;
      readonly text: string;
      readonly section: number | null;
      readonly item: number;
      readonly reasons: readonly ('complaint' | 'allergy' | 'code-status' | 'problem' | 'medication' | 'dose' | 'abnormal' | 'value' | 'negative' | 'procedure' | 'plan' | 'follow-up' | 'pending' | 'lead')[];
    }[];
    readonly short: readonly {
      readonly start: number;
      readonly end: number;
      readonly text: string;
      readonly section: number | null;
      readonly item: number;
      readonly reasons: readonly ('complaint' | 'allergy' | 'code-status' | 'problem' | 'medication' | 'dose' | 'abnormal' | 'value' | 'negative' | 'procedure' | 'plan' | 'follow-up' | 'pending' | 'lead')[];
    }[];
  };
};

export type AnalysisView = {
  readonly sections: readonly {
    readonly label: 'chief-complaint' | 'history-of-present-illness' | 'past-medical-history' | 'past-surgical-history' | 'family-history' | 'social-history' | 'obstetric-history' | 'other-history' | 'medications' | 'allergies' | 'immunizations' | 'review-of-systems' | 'vitals' | 'physical-exam' | 'laboratory' | 'imaging' | 'results' | 'procedures' | 'assessment' | 'diagnosis' | 'plan' | 'assessment-and-plan' | 'disposition' | 'hospital-course' | 'administrative';
    readonly heading: {
      readonly start: number;
      readonly end: number;
    } | null;
  }[];
  readonly phi: readonly {
    readonly start: number;
    readonly end: number;
    readonly text: string;
    readonly category: 'NAME' | 'LOCATION' | 'DATE' | 'AGE_OVER_89' | 'PHONE' | 'FAX' | 'EMAIL' | 'SSN' | 'MRN' | 'HEALTH_PLAN' | 'ACCOUNT' | 'LICENSE' | 'VEHICLE' | 'DEVICE' | 'URL' | 'IP' | 'BIOMETRIC' | 'INSTITUTION' | 'OTHER_ID';
  }[];
  readonly v2: {
    readonly structure: {
      readonly items: readonly {
        readonly start: number;
        readonly end: number;
      }[];
    };
    readonly problems: readonly {
      readonly start: number;
      readonly end: number;
      readonly text: string;
      readonly id: string;
      readonly section: number | null;
      readonly presence: 'present' | 'likely' | 'possible' | 'unlikely' | 'absent';
      readonly conditional: boolean;
      readonly generic: boolean;
      readonly time: 'current' | 'past' | 'resolved' | 'future';
      readonly subject: 'patient' | 'family' | 'fetus' | 'donor' | 'other';
      readonly relation?: Span2;
      readonly kind: 'problem' | 'symptom' | 'sign';
      readonly severity?: {
        readonly start: number;
        readonly end: number;
        readonly text: string;
        readonly value: 'mild' | 'moderate' | 'severe';
      };
      readonly side?: {
        readonly start: number;
        readonly end: number;
        readonly text: string;
        readonly value: 'left' | 'right' | 'bilateral';
      };
      readonly course?: Span2;
      readonly onset?: {
        readonly text: Span2;
      };
    }[];
    readonly medications: readonly {
      readonly start: number;
      readonly end: number;
      readonly text: string;
      readonly id: string;
      readonly section: number | null;
      readonly name: string;
      readonly kind: 'drug' | 'class' | 'unlisted';
      readonly status: 'active' | 'new' | 'changed' | 'stopped' | 'held' | 'completed' | 'planned' | 'refused' | 'historical' | 'not-given' | 'unknown';
      readonly subject: 'patient' | 'family' | 'fetus' | 'donor' | 'other';
      readonly presence: 'present' | 'likely' | 'possible' | 'unlikely' | 'absent';
      readonly steps: readonly {
        readonly strength?: {
          readonly text: Span2;
        };
        readonly dose?: {
          readonly text: Span2;
        };
        readonly rate?: {
          readonly text: Span2;
        };
        readonly route?: Span2;
        readonly frequency?: Span2;
        readonly duration?: {
          readonly text: Span2;
        };
        readonly prn?: Span2;
      }[];
      readonly previous?: {
        readonly strength?: {
          readonly text: Span2;
        };
        readonly dose?: {
          readonly text: Span2;
        };
        readonly rate?: {
          readonly text: Span2;
        };
        readonly route?: Span2;
        readonly frequency?: Span2;
        readonly duration?: {
          readonly text: Span2;
        };
        readonly prn?: Span2;
      };
    }[];
    readonly allergies: readonly {
      readonly start: number;
      readonly end: number;
      readonly text: string;
      readonly id: string;
      readonly section: number | null;
      readonly substance: string | null;
      readonly kind: 'allergy' | 'intolerance' | 'unknown';
      readonly none: 'no-known-allergies' | 'no-known-drug-allergies' | 'not-asked' | null;
      readonly reactions: readonly Span2[];
      readonly status: 'active' | 'refuted' | 'resolved';
      readonly subject: 'patient' | 'family' | 'fetus' | 'donor' | 'other';
    }[];
    readonly tests: readonly {
      readonly start: number;
      readonly end: number;
      readonly text: string;
      readonly id: string;
      readonly section: number | null;
      readonly name: string;
      readonly kind: 'vital' | 'lab' | 'score' | 'other';
      readonly pending: boolean;
      readonly values: readonly {
        readonly text: Span2;
        readonly newest: boolean;
        readonly baseline: boolean;
        readonly flag_of_note: {
          readonly value: 'low' | 'high' | 'critical' | 'abnormal' | 'normal';
        } | null;
        readonly range_of_note?: {
          readonly text: Span2;
        };
        readonly flag_of_range: {
          readonly value: 'low' | 'normal' | 'high';
          readonly range: readonly number[];
        } | null;
      }[];
    }[];
    readonly procedures: readonly {
      readonly start: number;
      readonly end: number;
      readonly text: string;
      readonly id: string;
      readonly section: number | null;
      readonly presence: 'present' | 'likely' | 'possible' | 'unlikely' | 'absent';
      readonly conditional: boolean;
      readonly generic: boolean;
      readonly time: 'current' | 'past' | 'resolved' | 'future';
      readonly subject: 'patient' | 'family' | 'fetus' | 'donor' | 'other';
      readonly relation?: Span2;
      readonly status: 'done' | 'planned' | 'refused' | 'cancelled' | 'in-progress';
      readonly when?: {
        readonly text: Span2;
      };
    }[];
    readonly devices: readonly {
      readonly start: number;
      readonly end: number;
      readonly text: string;
      readonly id: string;
      readonly section: number | null;
      readonly status: 'in-situ' | 'removed' | 'planned';
    }[];
    readonly social: readonly {
      readonly start: number;
      readonly end: number;
      readonly text: string;
      readonly id: string;
      readonly section: number | null;
      readonly kind: 'tobacco' | 'alcohol' | 'drugs' | 'living' | 'work' | 'mobility';
      readonly status: 'current' | 'former' | 'never' | 'unknown';
    }[];
    readonly code_status: readonly {
      readonly start: number;
      readonly end: number;
      readonly text: string;
      readonly id: string;
      readonly section: number | null;
      readonly item: number;
      readonly value: 'full' | 'dnar' | 'no-intubation' | 'ward-based' | 'comfort' | 'other';
    }[];
    readonly follow_up: readonly {
      readonly start: number;
      readonly end: number;
      readonly text: string;
      readonly id: string;
      readonly section: number | null;
      readonly kind: 'appointment' | 'test' | 'imaging' | 'referral' | 'pending-result' | 'monitoring' | 'advice' | 'return-if';
      readonly due?: {
        readonly text: Span2;
      };
    }[];
    readonly summary: {
      readonly sentences: readonly {
        readonly start: number;
        readonly end: number;
        readonly text: string;
        readonly reasons: readonly ('complaint' | 'allergy' | 'code-status' | 'problem' | 'medication' | 'dose' | 'abnormal' | 'value' | 'negative' | 'procedure' | 'plan' | 'follow-up' | 'pending' | 'lead')[];
      }[];
      readonly short: readonly {
        readonly start: number;
        readonly end: number;
        readonly text: string;
        readonly reasons: readonly ('complaint' | 'allergy' | 'code-status' | 'problem' | 'medication' | 'dose' | 'abnormal' | 'value' | 'negative' | 'procedure' | 'plan' | 'follow-up' | 'pending' | 'lead')[];
      }[];
    };
  };
};

export type AnalyzeTextRequest = {
  readonly note_text: string;
  readonly reference_date?: string;
};

export type AnalyzedText = {
  readonly analysis: Analysis;
};

export type AuditEvent = {
  readonly action: 'note.create' | 'note.read' | 'note.search' | 'note.analyze' | 'note.analysis.read' | 'note.summarize' | 'note.deidentify' | 'audit.read' | 'audit.search' | 'audit.verify' | 'audit.export' | 'audit.report' | 'audit.expire' | 'audit.restore' | 'break-glass.open' | 'break-glass.read' | 'break-glass.search' | 'break-glass.review' | 'authenticate' | 'session.start' | 'session.end' | 'request' | 'key.create' | 'key.list' | 'key.revoke' | 'key.rotate' | 'chain.start' | 'chain.end';
  readonly audit_id?: string;
  readonly break_glass?: string;
  readonly chain: string;
  readonly count?: number;
  readonly criteria?: readonly string[];
  readonly hash: string;
  readonly method?: string;
  readonly outcome: 'success' | 'denied' | 'failure';
  readonly patient_ref?: string;
  readonly patient_ref_version?: number;
  readonly prev_hash: string;
  readonly principal?: string;
  readonly purpose?: string;
  readonly reason?: string;
  readonly recipient?: string;
  readonly recorded_at: string;
  readonly request_id?: string;
  readonly roles?: readonly string[];
  readonly route?: string;
  readonly seq: number;
  readonly source?: string;
  readonly status?: number;
  readonly subject?: string;
  readonly tenant?: string;
  readonly trace_id?: string;
  readonly v: 1;
  readonly version?: number;
};

export type AuditEventsResponse = {
  readonly events: readonly AuditEvent[];
  readonly next_cursor?: string;
};

export type AuditExportRequest = {
  readonly from?: string;
  readonly to?: string;
  readonly principal?: string;
  readonly action?: 'note.create' | 'note.read' | 'note.search' | 'note.analyze' | 'note.analysis.read' | 'note.summarize' | 'note.deidentify' | 'audit.read' | 'audit.search' | 'audit.verify' | 'audit.export' | 'audit.report' | 'audit.expire' | 'audit.restore' | 'break-glass.open' | 'break-glass.read' | 'break-glass.search' | 'break-glass.review' | 'authenticate' | 'session.start' | 'session.end' | 'request' | 'key.create' | 'key.list' | 'key.revoke' | 'key.rotate' | 'chain.start' | 'chain.end';
  readonly patient_id?: string;
  readonly outcome?: 'success' | 'denied' | 'failure';
  readonly audit_id?: string;
};

export type AuditSearchRequest = {
  readonly from?: string;
  readonly to?: string;
  readonly principal?: string;
  readonly action?: 'note.create' | 'note.read' | 'note.search' | 'note.analyze' | 'note.analysis.read' | 'note.summarize' | 'note.deidentify' | 'audit.read' | 'audit.search' | 'audit.verify' | 'audit.export' | 'audit.report' | 'audit.expire' | 'audit.restore' | 'break-glass.open' | 'break-glass.read' | 'break-glass.search' | 'break-glass.review' | 'authenticate' | 'session.start' | 'session.end' | 'request' | 'key.create' | 'key.list' | 'key.revoke' | 'key.rotate' | 'chain.start' | 'chain.end';
  readonly patient_id?: string;
  readonly outcome?: 'success' | 'denied' | 'failure';
  readonly audit_id?: string;
  readonly limit?: number;
  readonly cursor?: string;
};

export type AuditSearchResponse = {
  readonly events: readonly AuditEvent[];
  readonly next_cursor?: string;
};

export type AuditVerification = {
  readonly sealing: 'on' | 'off';
  readonly waiting_seconds?: number;
  readonly broken_chains?: number;
  readonly checkpoint?: {
    readonly number: number;
    readonly hash: string;
    readonly made_at: string;
    readonly age_seconds: number;
  };
  readonly published: readonly {
    readonly sink: string;
    readonly checkpoint: number;
    readonly published_at?: string;
  }[];
  readonly verification?: {
    readonly outcome: 'success' | 'failure';
    readonly verified_at: string;
    readonly age_seconds: number;
    readonly events?: number;
  };
};

export type BreakGlassGrant = {
  readonly grant_id: string;
  readonly reason_code: 'ETREAT' | 'BTG' | 'COC' | 'OVRER' | 'OVRPJ' | 'OVRTPS';
  readonly opened_at: string;
  readonly expires_at: string;
};

export type BreakGlassReason = {
  readonly grant_id: string;
  readonly reason_code: 'ETREAT' | 'BTG' | 'COC' | 'OVRER' | 'OVRPJ' | 'OVRTPS';
  readonly opened_at: string;
  readonly expires_at: string;
  readonly principal: string;
  readonly audit_id?: string;
  readonly patient_ref: string;
  readonly patient_ref_version: number;
  readonly reason_text: string;
};

export type BreakGlassRequest = {
  readonly patient_id?: string;
  readonly audit_id?: string;
  readonly reason_code: 'ETREAT' | 'BTG' | 'COC' | 'OVRER' | 'OVRPJ' | 'OVRTPS';
  readonly reason_text: string;
};

export type BreakGlassReview = {
  readonly outcome: 'justified' | 'not-justified';
  readonly reviewed_by: string;
  readonly reviewed_at: string;
};

export type BreakGlassReviewRequest = {
  readonly outcome: 'justified' | 'not-justified';
};

export type BreakGlassSearchRequest = {
  readonly reviewed?: boolean;
  readonly principal?: string;
  readonly from?: string;
  readonly to?: string;
  readonly limit?: number;
  readonly cursor?: string;
};

export type BreakGlassSearchResponse = {
  readonly grants: readonly {
    readonly grant_id: string;
    readonly reason_code: 'ETREAT' | 'BTG' | 'COC' | 'OVRER' | 'OVRPJ' | 'OVRTPS';
    readonly opened_at: string;
    readonly expires_at: string;
    readonly principal: string;
    readonly audit_id?: string;
    readonly review_due_at: string;
    readonly review?: BreakGlassReview;
  }[];
  readonly next_cursor?: string;
};

export type Deidentified = {
  readonly text: string;
  readonly mode: 'balanced' | 'recall-first';
  readonly spans: readonly {
    readonly start: number;
    readonly end: number;
    readonly text: string;
    readonly category: 'NAME' | 'LOCATION' | 'DATE' | 'AGE_OVER_89' | 'PHONE' | 'FAX' | 'EMAIL' | 'SSN' | 'MRN' | 'HEALTH_PLAN' | 'ACCOUNT' | 'LICENSE' | 'VEHICLE' | 'DEVICE' | 'URL' | 'IP' | 'BIOMETRIC' | 'INSTITUTION' | 'OTHER_ID';
    readonly rule: string;
    readonly replacement: string;
    readonly output_start: number;
    readonly output_end: number;
  }[];
  readonly dates?: {
    readonly order: 'day-first' | 'month-first' | 'unclear' | 'none';
    readonly unmoved: number;
  };
  readonly known?: {
    readonly matches: number;
    readonly not_found: readonly string[];
  };
};

export type DeidentifyRequest = {
  readonly note_text: string;
  readonly patient_id?: string;
  readonly mode?: 'balanced' | 'recall-first';
  readonly replacement?: 'mask' | 'surrogate';
  readonly dates?: 'mask' | 'shift';
  readonly locale?: 'en-US' | 'en-GB' | 'en-IE' | 'en-CA' | 'en-AU' | 'en-NZ' | 'de-DE' | 'de-AT' | 'de-CH';
  readonly reference_date?: string;
  readonly known_identifiers?: KnownIdentifiers;
  readonly keep?: readonly string[];
  readonly remove?: readonly string[];
};

export type DeidentifyResponse = {
  readonly deidentified: Deidentified;
  readonly engine: string;
  readonly version: string;
  readonly rule_pack_sha256: string;
};

export type Health = {
  readonly status: 'healthy';
  readonly timestamp: string;
  readonly version: string;
};

export type IngestRequest = {
  readonly patient_id: string;
  readonly note_text: string;
  readonly care_team?: string;
};

export type IngestResponse = {
  readonly audit_id: string;
  readonly received_at: string;
  readonly status: 'received';
  readonly patient_id: string;
};

export type KnownIdentifiers = {
  readonly patient?: {
    readonly names?: readonly KnownName[];
    readonly birth_date?: string;
    readonly identifiers?: readonly {
      readonly category: 'NAME' | 'LOCATION' | 'DATE' | 'AGE_OVER_89' | 'PHONE' | 'FAX' | 'EMAIL' | 'SSN' | 'MRN' | 'HEALTH_PLAN' | 'ACCOUNT' | 'LICENSE' | 'VEHICLE' | 'DEVICE' | 'URL' | 'IP' | 'BIOMETRIC' | 'INSTITUTION' | 'OTHER_ID';
      readonly value: string;
    }[];
    readonly phones?: readonly string[];
    readonly emails?: readonly string[];
    readonly addresses?: readonly {
      readonly lines?: readonly string[];
      readonly city?: string;
      readonly postal_code?: string;
    }[];
  };
  readonly others?: readonly {
    readonly names?: readonly KnownName[];
    readonly birth_date?: string;
    readonly identifiers?: readonly {
      readonly category: 'NAME' | 'LOCATION' | 'DATE' | 'AGE_OVER_89' | 'PHONE' | 'FAX' | 'EMAIL' | 'SSN' | 'MRN' | 'HEALTH_PLAN' | 'ACCOUNT' | 'LICENSE' | 'VEHICLE' | 'DEVICE' | 'URL' | 'IP' | 'BIOMETRIC' | 'INSTITUTION' | 'OTHER_ID';
      readonly value: string;
    }[];
    readonly phones?: readonly string[];
    readonly emails?: readonly string[];
    readonly addresses?: readonly {
      readonly lines?: readonly string[];
      readonly city?: string;
      readonly postal_code?: string;
    }[];
  }[];
  readonly staff?: readonly KnownName[];
};

export type KnownName = {
  readonly given?: readonly string[];
  readonly family?: string;
  readonly also?: readonly string[];
  readonly former?: readonly string[];
};

export type Measurement = {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly name: string;
  readonly values: readonly number[];
  readonly unit: string | null;
  readonly flag: 'low' | 'normal' | 'high' | null;
};

export type ModelAnswer = {
  readonly summary: string;
  readonly verdict: {
    readonly status: 'verified' | 'needs_review';
    readonly doubts: readonly {
      readonly kind: 'number' | 'drug' | 'dose' | 'negation' | 'allergy';
      readonly start: number;
      readonly end: number;
    }[];
  };
  readonly dropped_quotes: number;
  readonly sources?: readonly {
    readonly start: number;
    readonly end: number;
    readonly note: {
      readonly start: number;
      readonly end: number;
    };
  }[];
  readonly contradictions?: readonly {
    readonly kind: 'number' | 'drug' | 'dose' | 'negation' | 'allergy';
    readonly start: number;
    readonly end: number;
  }[];
  readonly usage: {
    readonly model: string;
    readonly input_tokens: number;
    readonly output_tokens: number;
    readonly cost: number | null;
    readonly latency_ms: number;
    readonly attempts: number;
  };
};

export type Note = {
  readonly audit_id: string;
  readonly received_at: string;
  readonly patient_id: string;
  readonly note_text: string;
  readonly care_team?: string;
  readonly analysis?: {
    readonly status: 'done';
    readonly needs_review: boolean;
    readonly review_reasons: readonly ('number' | 'drug' | 'dose' | 'negation' | 'allergy' | 'quote-not-in-note' | 'other-language')[];
    readonly analysis: AnalysisView;
  };
};

export type NoteAnalysis = {
  readonly audit_id: string;
  readonly status: 'queued' | 'running' | 'done' | 'failed';
  readonly requested_at: string;
  readonly finished_at?: string;
  readonly attempts: number;
  readonly error?: string;
  readonly needs_review?: boolean;
  readonly review_reasons?: readonly ('number' | 'drug' | 'dose' | 'negation' | 'allergy' | 'quote-not-in-note' | 'other-language')[];
  readonly analysis?: Analysis;
};

export type NoteSearchRequest = {
  readonly patient_id?: string;
  readonly from?: string;
  readonly to?: string;
  readonly care_team?: string;
  readonly needs_review?: boolean;
  readonly limit?: number;
  readonly cursor?: string;
};

export type NoteSearchResponse = {
  readonly notes: readonly {
    readonly audit_id: string;
    readonly received_at: string;
    readonly patient_id?: string;
    readonly principal: string;
    readonly care_team?: string;
    readonly needs_review?: boolean;
  }[];
  readonly next_cursor?: string;
  readonly withheld: boolean;
};

export type Problem = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly instance?: string;
  readonly errors?: readonly {
    readonly pointer?: string;
    readonly parameter?: string;
    readonly detail: string;
  }[];
};

export type Quantity = {
  readonly text: Span2;
  readonly low: number | null;
  readonly high: number | null;
  readonly comparator: '<' | '<=' | '>' | '>=' | '~' | null;
  readonly unit: string | null;
  readonly ucum: string | null;
};

export type Regimen = {
  readonly strength?: Quantity;
  readonly dose?: Quantity;
  readonly route?: {
    readonly start: number;
    readonly end: number;
    readonly text: string;
    readonly value: string;
  };
  readonly rate?: Quantity;
  readonly duration?: Quantity;
  readonly frequency?: {
    readonly start: number;
    readonly end: number;
    readonly text: string;
    readonly times_per_day?: readonly number[];
    readonly every_hours?: readonly number[];
    readonly scheme?: readonly number[];
  };
  readonly prn?: Span2;
  readonly maximum?: Quantity;
};

export type Span = {
  readonly start: number;
  readonly end: number;
  readonly text: string;
};

export type Span2 = {
  readonly start: number;
  readonly end: number;
  readonly text: string;
};

export type SummarizeRequest = {
  readonly patient_id: string;
  readonly note_text: string;
  readonly care_team?: string;
};

export type SummarizeResponse = {
  readonly audit_id: string;
  readonly received_at: string;
  readonly status: 'summarized' | 'needs_review' | 'error';
  readonly patient_id: string;
  readonly summary: string | null;
  readonly llm_metrics: {
    readonly model: string;
    readonly tokens: {
      readonly input: number;
      readonly output: number;
      readonly total: number;
    };
    readonly latency_ms: number;
    readonly cost: number | null;
    readonly prompt_version: string;
    readonly prompt_hash: string;
  } | null;
  readonly error: string | null;
};

export type When = {
  readonly value: string | null;
  readonly precision: 'minute' | 'day' | 'month' | 'year' | null;
  readonly text: Span2;
  readonly relative: boolean;
};

export type PageConfig = {
  readonly version: string;
  readonly sign_in: {
    readonly mode: 'api-key';
  } | {
    readonly mode: 'oidc';
    readonly authorization_endpoint: string;
    readonly token_endpoint: string;
    readonly end_session_endpoint?: string;
    readonly client_id: string;
    readonly scope: string;
  };
  readonly idle_minutes: number;
  readonly break_glass_minutes: number;
};

export type Session = {
  readonly principal: string;
  readonly tenant: string;
  readonly roles: readonly ('integration' | 'clinician' | 'auditor' | 'admin')[];
  readonly permissions: readonly ('note.create' | 'note.summarize' | 'note.deidentify' | 'text.analyze' | 'note.read' | 'note.search' | 'note.analyze' | 'break-glass.open' | 'audit.read' | 'audit.search' | 'audit.export' | 'break-glass.read' | 'break-glass.review')[];
  readonly care_teams: readonly string[];
  readonly expires_at: string;
  readonly idle_seconds: number;
};
