import type { Generated, JSONColumnType } from 'kysely'
import type { EventKind, OrderState, Outcome, TrackingEnd, Way } from '../contract/words.ts'

export interface InterpretationSlotTable {
  organization_id: string
  id: string
  doctor_id: string
  starts_at: Date
  ends_at: Date
  way: Way
  place: Generated<string>
  series_id: string | null
  created_at: Date
}

export interface InterpretationOrderTable {
  organization_id: string
  id: string
  patient_id: string
  report_id: string
  report_first_id: string
  exam_title: string
  exam_on: string
  state: OrderState
  question: string
  asked_by: 'patient' | 'staff'
  asked_by_name: string
  asked_at: Date
  slot_id: string | null
  ended_at: Date | null
  ended_by_patient: Generated<boolean>
  ended_because: Generated<string>
  task_key: string | null
  read_version: Generated<number>
  recheck_key: string | null
  months: number | null
  months_asked: Generated<number>
  month_reason: string | null
  next_month_on: string | null
  tracking_end: TrackingEnd | null
  tracking_ended_on: string | null
  version: Generated<number>
  moved: Generated<unknown>
}

export interface InterpretationOfferTable {
  organization_id: string
  order_id: string
  slot_id: string
}

export interface InterpretationOutcomeTable {
  organization_id: string
  order_id: string
  version: number
  content: JSONColumnType<Outcome>
  content_hash: string
  because: string
  told: JSONColumnType<string[]>
  report_id: string
  signed_by: string
  signed_by_name: string
  signed_by_title: string
  signed_at: Date
}

export interface InterpretationQuestionTable {
  organization_id: string
  id: string
  order_id: string
  text: string
  asked_at: Date
  answer: Generated<string>
  answered_by: string | null
  answered_by_name: Generated<string>
  answered_at: Date | null
}

export interface InterpretationEventTable {
  organization_id: string
  id: string
  order_id: string
  kind: EventKind
  note: string
  slot_id: string | null
  by_id: string | null
  by_kind: string
  by_name: string
  at: Date
}

declare module '../../../platform/database/schema.ts' {
  interface Database {
    interpretation_slot: InterpretationSlotTable
    interpretation_order: InterpretationOrderTable
    interpretation_offer: InterpretationOfferTable
    interpretation_outcome: InterpretationOutcomeTable
    interpretation_question: InterpretationQuestionTable
    interpretation_event: InterpretationEventTable
  }
}
