import type { Generated } from 'kysely'

export interface RiskAssessmentTable {
  organization_id: string
  patient_id: string
  instrument: string
  id: string
  version: string
  form: string
  inputs: unknown
  missing: Generated<string[]>
  output: unknown
  value: number | null
  band: string | null
  caveats: Generated<string[]>
  release: 'clinician' | 'automatic'
  expires_on: string | null
  because: 'facts' | 'asked' | 'upgrade'
  asked_by: string | null
  computed_at: Date
  input_hash: string
  before_id: string | null
}

export interface RiskDecisionTable {
  organization_id: string
  patient_id: string
  assessment_id: string
  number: number
  decision: 'released' | 'withheld'
  note: Generated<string>
  by_id: string
  by_name: string
  at: Date
}

export interface RiskAnswerTable {
  organization_id: string
  patient_id: string
  question: string
  id: string
  value: unknown
  by_id: string | null
  by_name: string
  at: Date
}

export interface RiskWatermarkTable {
  organization_id: string
  patient_id: string
  fingerprint: string
  looked_at: Date
}

export interface RiskDueTable {
  organization_id: string
  id: string
  patient_ids: string[]
  at: Date
}

declare module '../../../platform/database/schema.ts' {
  interface Database {
    risk_assessment: RiskAssessmentTable
    risk_decision: RiskDecisionTable
    risk_answer: RiskAnswerTable
    risk_watermark: RiskWatermarkTable
    risk_due: RiskDueTable
  }
}
