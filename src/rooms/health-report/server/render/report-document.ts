/**
 * What a health report says, ready to be printed. The caller has already decided everything that is decided here:
 * which findings are abnormal, how they are graded, and which personal numbers are masked. Rendering adds words,
 * order and looks, never a judgement. All texts are in `language` already.
 */
export interface ReportDocument {
  language: 'zh-CN' | 'en'
  organization: ReportOrganization
  reportNumber: string
  /** The address behind the QR on the cover: whoever scans it sees whether the report is genuine. */
  verifyUrl: string
  /** `YYYY-MM-DD`; also becomes the date inside the PDF, so that the same input gives the same bytes. */
  printedOn: string
  /** True until the chief doctor has signed: every page then says that it is a draft. */
  draft?: boolean
  /** `sealed`: the sheet of hepatitis B, with results and signature only. */
  kind?: 'report' | 'sealed'
  /** Named from the second on, with what was corrected. */
  version?: { number: number; because: string }
  patient: ReportPatient
  exam: ReportExam
  conclusions: ReportConclusion[]
  doctor: ReportDoctor
  abnormalItems: AbnormalItem[]
  sections: ReportSection[]
  comparison: ComparedIndicator[]
  /** 问诊: what the person told, as it stands in the record. */
  history: { label: string; text: string }[]
  questionnaires: ReportQuestionnaire[]
  risks: ReportRisk[]
  /** 健康建议: what somebody of the staff has given, by name. */
  advice: ReportAdvice[]
  /** Reports that this one rests on, kept by the organization. */
  attachments: { title: string; date: string; performer: string }[]
  /** Items of the package that were not done, each with the reason the person or the desk gave. */
  notDone: { name: string; reason: string }[]
  worries?: { said: string; answer?: string }
  /** Paragraphs for the back cover. */
  disclaimers: string[]
  /** The mark that law asks for when a text was drafted by a model; printed where the conclusions start. */
  aiLabel?: string
}

export interface ReportOrganization {
  name: string
  /** A self-contained drawing: no scripts, no images, no links out of itself (else `UnsafeSvg`). */
  logoSvg?: string
  address?: string
  phone?: string
}

export interface ReportPatient {
  name: string
  sexText: string
  ageText: string
  /** `YYYY-MM-DD` */
  birthDate?: string
  /** Masked with `*`; a number that is not masked is refused (`UnmaskedNumber`). */
  cardNumberMasked: string
  phoneMasked?: string
}

export interface ReportExam {
  /** `YYYY-MM-DD` */
  date: string
  site: string
  packageName?: string
  kind: string
}

/** Grades of a conclusion, in the order in which the norm for chief doctors' reports lists them (norms §4.5). */
export const SEVERITIES = ['high-risk', 'new-suspected', 'disease', 'positive', 'risk-factor'] as const
export type Severity = (typeof SEVERITIES)[number]

export interface ReportConclusion {
  title: string
  /** The findings it rests on. */
  basis: string
  advice: string
  severity: Severity
}

export interface ReportDoctor {
  name: string
  title?: string
  /** `YYYY-MM-DD`; an empty line to sign on is printed while it is missing. */
  signedOn?: string
  /** A signature as a drawing; the rules of `logoSvg` hold. */
  signatureSvg?: string
}

/** How a result stands to its own reference range: above, below, not of numbers but abnormal, or unremarkable. */
export type ReportFlag = '↑' | '↓' | '异常' | ''

export interface AbnormalItem {
  name: string
  value: string
  unit: string
  rangeText: string
  flag: ReportFlag
  /** The last result before this one. */
  previous?: { date: string; value: string; flag?: ReportFlag }
  explanation?: ReportExplanation
}

/** What a marked result means, in plain words: what is looked at, how far off it is, what often causes it and what to do. */
export interface ReportExplanation {
  about: string
  standing: string
  advice: string
}

export interface ReportQuestionnaire {
  title: string
  date: string
  scores: { name: string; value: string; band: string }[]
}

/** Advice that was chosen, edited and given by a person, as it was given. */
export interface ReportAdvice {
  kind: string
  title: string
  paragraphs: string[]
  by: string
  date: string
}

/** An estimate that may be shown: its band and words stand before the number. */
export interface ReportRisk {
  title: string
  band: string
  tone: 'good' | 'watch' | 'act' | 'urgent'
  meaning: string
  /** `4.7 %`; empty where only the band is told. */
  value: string
  valueLabel: string
  date: string
  caveats: string[]
  /** How far its numbers were checked, in words, where that must be said. */
  badge: string
}

/** One 大项: a laboratory panel, an examination room or an imaging study. */
export interface ReportSection {
  title: string
  /** The day on which the reviewer signed. */
  reviewedOn?: string
  /** Who examined and reviewed the whole part; an item's own names go before these. */
  examiner?: string
  reviewer?: string
  items: ReportItem[]
  narrative?: { finding: string; impression: string }
}

export interface ReportItem {
  name: string
  value: string
  unit: string
  rangeText: string
  flag: ReportFlag
  examiner?: string
  reviewer?: string
}

/** One indicator over the years (历年对比). */
export interface ComparedIndicator {
  indicator: string
  unit: string
  /** Oldest first. */
  points: ComparedPoint[]
}

export interface ComparedPoint {
  /** `YYYY-MM-DD` */
  date: string
  value: number
  /** As the laboratory printed it (`5.0`); the number itself when missing. */
  valueText?: string
  /** The range of the laboratory that measured this point; either end may be open. */
  low?: number
  high?: number
  flag: ReportFlag
}

/** What comes back from a rendering. */
export interface RenderedReport {
  /** A PDF/A-2b file. */
  pdf: Uint8Array
  pageCount: number
  /** The version of the templates, to be kept with the file. */
  template: string
  warnings: RenderWarning[]
}

/** Characters no font holds, printed as 〓; a person has to look before such a report goes out. */
export interface RenderWarning {
  code: 'missing-characters'
  characters: string[]
}
