import type {
  AbnormalItem,
  ReportAdvice,
  ComparedIndicator,
  ReportDocument,
  ReportQuestionnaire,
  ReportRisk,
  ReportSection,
} from '../render/report-document.ts'

/**
 * What one examination found and what belongs to it, in one language, decided and masked: everything a report says but its
 * number, code, day and signatures. This is what the chief examiner signs and what stays for ever.
 */
export interface ReportFacts {
  organization: { name: string; address?: string; phone?: string }
  patient: {
    name: string
    sex: string
    /** On the day of the examination. */
    ageYears: number | null
    birthDate: string | null
    cardNumberMasked: string
    phoneMasked: string | null
  }
  exam: { id: string; date: string; site: string; title: string; category: string }
  sections: FactSection[]
  abnormalItems: FactItem[]
  comparison: ComparedIndicator[]
  history: ReportDocument['history']
  questionnaires: ReportQuestionnaire[]
  risks: ReportRisk[]
  advice: ReportAdvice[]
  attachments: ReportDocument['attachments']
  notDone: { name: string; reason: string }[]
}

export interface FactSection extends ReportSection {
  /** `panel:lipid`, `said:<digest of the title>:1`: the same in both languages and when a report is corrected. */
  key: string
}

export interface FactItem extends AbnormalItem {
  /** The part it stands in. */
  part: string
}

/** The facts in both languages, as they are kept when a report is issued. */
export interface FrozenFacts {
  format: 1
  facts: Record<'zh-CN' | 'en', ReportFacts>
}
