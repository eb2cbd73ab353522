import type {
  NewAllergy,
  NewCondition,
  NewEncounter,
  NewFacts,
  NewMedication,
  NewProcedure,
} from '../../../observation/server/index.ts'
import type { IncomingInstant, IncomingPatient } from '../incoming.ts'
import type { IncomingEncounter, IncomingRecord } from '../incoming-record.ts'
import { plainText } from '../plain-text.ts'

type PatientOf = (patient: IncomingPatient) => string | undefined

/**
 * What a source tells beside reports, as facts of the record. Those of people who wait in the queue are left out: the
 * message is read again when they are settled.
 */
export function factsOf(record: IncomingRecord, sourceSystem: string, patientOf: PatientOf): NewFacts {
  const origin = (one: { sourceId: string; patient: IncomingPatient }) => {
    const patientId = patientOf(one.patient)
    return patientId === undefined
      ? undefined
      : { patientId, source: 'interface', sourceId: plainText(`${sourceSystem}|${one.sourceId}`).slice(0, 300) }
  }
  const facts = <T extends { sourceId: string; patient: IncomingPatient }, F>(
    list: readonly T[],
    make: (one: T) => F | undefined,
  ): (F & NonNullable<ReturnType<typeof origin>>)[] =>
    list.flatMap((one) => {
      const from = origin(one)
      const fact = from && make(one)
      return fact ? [{ ...fact, ...from }] : []
    })
  return {
    condition: facts(record.conditions, (one): Omit<NewCondition, 'patientId'> | undefined => {
      if (/^(refuted|entered-in-error)$/.test(one.verificationStatus ?? '')) return undefined
      return {
        code: one.codes.find((code) => code.system === 'icd-10')?.code ?? '',
        name: named(one),
        clinicalStatus: clinicalStatus(one.clinicalStatus, one.abatedAt !== undefined),
        onsetOn: dayOf(one.onsetAt ?? one.recordedAt),
        abatedOn: dayOf(one.abatedAt),
      }
    }),
    procedure: facts(record.procedures, (one): Omit<NewProcedure, 'patientId'> | undefined =>
      /^(entered-in-error|not-done)$/.test(one.status)
        ? undefined
        : {
            code: one.codes[0]?.code ?? '',
            name: named(one),
            kind: procedureKind(one.name),
            performedOn: dayOf(one.performedAt),
          },
    ),
    encounter: facts(record.encounters, (one): Omit<NewEncounter, 'patientId'> | undefined =>
      one.startedAt === undefined || /^(cancelled|entered-in-error)$/.test(one.status)
        ? undefined
        : {
            class: encounterClass(one),
            title: named(one),
            startedAt: new Date(one.startedAt.at),
            endedAt: one.endedAt ? new Date(one.endedAt.at) : null,
            department: plainText(one.departmentName ?? '').slice(0, 200),
            note: one.reasons
              .map((code) => code.name ?? code.code)
              .join('；')
              .slice(0, 500),
          },
    ),
    medication: facts(record.medications, (one): Omit<NewMedication, 'patientId'> | undefined =>
      /^(entered-in-error|cancelled|draft)$/.test(one.status)
        ? undefined
        : {
            code: one.codes[0]?.code ?? '',
            name: named(one),
            dose: plainText(one.dosageText ?? '').slice(0, 500),
            startedOn: dayOf(one.prescribedAt),
          },
    ),
    allergy: facts(record.allergies, (one): Omit<NewAllergy, 'patientId'> | undefined =>
      /^(refuted|entered-in-error)$/.test(one.verificationStatus ?? '')
        ? undefined
        : {
            substance: named(one),
            reaction: plainText(one.reactions.join('；')).slice(0, 500),
            severity: one.criticality === 'high' ? 'severe' : one.criticality === 'low' ? 'mild' : 'unknown',
            notedOn: dayOf(one.onsetAt ?? one.recordedAt),
          },
    ),
  }
}

function named(one: { name: string; codes: readonly { code: string }[] }): string {
  return plainText(one.name || one.codes[0]?.code || '—').slice(0, 300)
}

/** The day as its sender wrote it: what is known of an onset is a date, not an instant. */
function dayOf(instant: IncomingInstant | undefined): string | null {
  return instant ? instant.at.slice(0, 10) : null
}

function clinicalStatus(status: string | undefined, hasAbated: boolean): 'active' | 'remission' | 'resolved' {
  if (status === 'remission') return 'remission'
  return status === 'resolved' || status === 'inactive' || (status === undefined && hasAbated) ? 'resolved' : 'active'
}

function procedureKind(name: string): 'surgery' | 'endoscopy' | 'other' {
  if (/胃镜|肠镜|内镜|endoscop|colonoscop|gastroscop/i.test(name)) return 'endoscopy'
  return /手术|切除|置换|吻合|搭桥|ectomy\b|surg|bypass|replacement of|arthroplasty/i.test(name) ? 'surgery' : 'other'
}

/** HL7 v3 ActCode of the encounter's class. */
const CLASSES: Record<string, NewEncounter['class']> = {
  AMB: 'outpatient',
  IMP: 'inpatient',
  ACUTE: 'inpatient',
  NONAC: 'inpatient',
  EMER: 'emergency',
  HH: 'home',
  VR: 'online',
}

function encounterClass(one: IncomingEncounter): NewEncounter['class'] {
  if (/体检|check.?up|general examination|well child/i.test(one.name)) return 'health-check'
  return CLASSES[one.encounterClass?.toUpperCase() ?? ''] ?? 'outpatient'
}
