import { z } from 'zod'
import { calendarDate, endpoint, instant, pageOf, pageQuery, patientId, pii } from '../../../platform/contract/index.ts'
import { compositionId, conclusion, examId } from './words.ts'

export const COMPOSITION_STATES = ['draft', 'signed', 'issued', 'amended', 'recalled'] as const
export const compositionState = z.enum(COMPOSITION_STATES)
export type CompositionState = z.infer<typeof compositionState>

/** An item of the package that was not done, and why (弃检). */
export const notDone = z.object({
  name: z.string().trim().min(1).max(80),
  reason: z.string().trim().max(120).default(''),
})

const flag = z.enum(['↑', '↓', '异常', ''])

export const partItem = z.object({
  name: z.string(),
  value: pii('health', z.string()),
  unit: z.string(),
  rangeText: z.string(),
  flag,
})

/** One part of a report (大项) as it stands now, and whether somebody has signed it as it stands. */
export const reportPart = z.object({
  key: z.string(),
  title: z.string(),
  /** Of what the part says; handed back with a signature, so that nobody signs what they have not seen. */
  hash: z.string(),
  examiner: z.string(),
  items: z.array(partItem),
  narrative: z.object({ finding: pii('health', z.string()), impression: pii('health', z.string()) }).nullable(),
  signature: z.object({ name: z.string(), title: z.string(), at: instant, mine: z.boolean() }).nullable(),
  /** It was signed, and says something else since. */
  changed: z.boolean(),
})
export type ReportPart = z.infer<typeof reportPart>

const person = z.object({
  id: patientId,
  name: pii('name', z.string()),
  sex: z.string(),
  birthDate: pii('birth-date', calendarDate).nullable(),
})

export const compositionView = z.object({
  id: compositionId,
  patient: person,
  examId,
  examOn: calendarDate,
  examTitle: z.string(),
  version: z.number().int(),
  state: compositionState,
  /** Counts up with each change of the conclusions; handed back with the next. */
  edition: z.number().int(),
  /** Of everything the chief examiner signs: all parts, conclusions, what was not done. */
  hash: z.string(),
  conclusions: z.array(conclusion),
  notDone: z.array(notDone),
  parts: z.array(reportPart),
  abnormal: z.number().int(),
  started: z.object({ name: z.string(), at: instant }),
  issued: z.object({ name: z.string(), title: z.string(), at: instant }).nullable(),
  /** What this version corrects, or why it was recalled. */
  because: z.string(),
  /** Of an issued one: the record says something else by now. */
  outdated: z.boolean(),
  notified: z.object({ name: z.string(), at: instant }).nullable(),
  /** Something urgent of this person is not closed: the person is told by a human first. */
  alertOpen: z.boolean(),
  versions: z.array(
    z.object({ id: compositionId, version: z.number().int(), state: compositionState, issuedAt: instant.nullable() }),
  ),
  log: z.array(z.object({ part: z.string(), act: z.enum(['signed', 'taken-back']), name: z.string(), at: instant })),
  can: z.object({
    edit: z.boolean(),
    sign: z.boolean(),
    signChief: z.boolean(),
    amend: z.boolean(),
    recall: z.boolean(),
    print: z.boolean(),
    notify: z.boolean(),
  }),
})
export type CompositionView = z.infer<typeof compositionView>

export const compositionLine = z.object({
  id: compositionId,
  patient: person,
  examOn: calendarDate,
  examTitle: z.string(),
  version: z.number().int(),
  state: compositionState,
  parts: z.number().int(),
  signedParts: z.number().int(),
  abnormal: z.number().int(),
  startedBy: z.string(),
  startedAt: instant,
  issuedBy: z.string().nullable(),
  issuedAt: instant.nullable(),
  notifiedAt: instant.nullable(),
})
export type CompositionLine = z.infer<typeof compositionLine>

export const STAGES = ['parts', 'chief', 'issued'] as const

export const listCompositions = endpoint({
  name: 'health-report.listCompositions',
  method: 'GET',
  path: '/report-compositions',
  summary:
    'Reports that wait for signatures of parts, for the chief examiner (longest first), or are issued (newest first)',
  gate: { permission: 'health-report.read', audit: { action: 'health-report.list-signing' } },
  query: pageQuery.extend({ stage: z.enum(STAGES).default('parts') }),
  output: pageOf(compositionLine),
})

const ofPatient = z.object({ patientId })
const ofOne = z.object({ compositionId })
const gate = (permission: 'health-report.print' | 'health-report.sign' | 'health-report.sign-chief', act: string) => ({
  permission,
  audit: { action: `health-report.${act}`, subject: 'compositionId' },
})

export const startComposition = endpoint({
  name: 'health-report.start',
  method: 'POST',
  path: '/patients/:patientId/report-compositions',
  summary: 'Begin the report of an examination; gives the one that is begun already',
  gate: { permission: 'health-report.print', audit: { action: 'health-report.start', patient: 'patientId' } },
  params: ofPatient,
  body: z.object({ examId }),
  output: z.object({ id: compositionId }),
  problems: ['NothingToPrint', 'ReportIssuedAlready'],
})

export const getComposition = endpoint({
  name: 'health-report.getComposition',
  method: 'GET',
  path: '/report-compositions/:compositionId',
  summary: 'A report with its parts, conclusions and signatures',
  gate: {
    permission: 'health-report.read',
    audit: { action: 'health-report.open-composition', subject: 'compositionId' },
  },
  params: ofOne,
  output: compositionView,
})

export const editComposition = endpoint({
  name: 'health-report.edit',
  method: 'PUT',
  path: '/report-compositions/:compositionId',
  summary: 'Change the conclusions and what was not done, before it is issued',
  gate: gate('health-report.print', 'edit'),
  params: ofOne,
  body: z.object({
    edition: z.number().int(),
    conclusions: z.array(conclusion).max(40),
    notDone: z.array(notDone).max(60),
  }),
  output: z.object({ edition: z.number().int() }),
  problems: ['ReportIssuedAlready', 'HepatitisBApart'],
})

export const signParts = endpoint({
  name: 'health-report.signParts',
  method: 'POST',
  path: '/report-compositions/:compositionId/signatures',
  summary: 'Sign parts as they were read',
  gate: gate('health-report.sign', 'sign'),
  params: ofOne,
  body: z.object({
    parts: z
      .array(z.object({ key: z.string().max(80), hash: z.string().length(64) }))
      .min(1)
      .max(80),
  }),
  output: z.object({ signed: z.number().int(), state: compositionState }),
  problems: ['ReportIssuedAlready', 'PartUnknown', 'PartChanged', 'PartSignedAlready'],
})

export const takeBackSignature = endpoint({
  name: 'health-report.takeBack',
  method: 'POST',
  path: '/report-compositions/:compositionId/signatures/taken-back',
  summary: 'Take back one’s own signature of a part, as long as the report is not issued',
  gate: gate('health-report.sign', 'take-back'),
  params: ofOne,
  body: z.object({ part: z.string().max(80) }),
  output: z.object({ state: compositionState }),
  problems: ['ReportIssuedAlready', 'SignatureNotYours'],
})

export const issueComposition = endpoint({
  name: 'health-report.issue',
  method: 'POST',
  path: '/report-compositions/:compositionId/issue',
  summary: 'The chief examiner signs the whole: from then on it stands',
  gate: gate('health-report.sign-chief', 'issue'),
  params: ofOne,
  body: z.object({ hash: z.string().length(64) }),
  output: z.object({ state: compositionState }),
  problems: ['ReportIssuedAlready', 'PartsNotSigned'],
})

export const amendComposition = endpoint({
  name: 'health-report.amend',
  method: 'POST',
  path: '/report-compositions/:compositionId/amendment',
  summary: 'Begin a new version of an issued report; the old one stands until the new one is issued',
  gate: gate('health-report.sign', 'amend'),
  params: ofOne,
  body: z.object({ because: z.string().trim().min(2).max(200) }),
  output: z.object({ id: compositionId }),
  problems: ['ReportNotIssued', 'ReportIssuedAlready', 'NothingToPrint', 'HepatitisBApart'],
})

export const recallComposition = endpoint({
  name: 'health-report.recall',
  method: 'POST',
  path: '/report-compositions/:compositionId/recall',
  summary: 'Take an issued report out of sight, such as one of the wrong person; all its prints become void',
  gate: gate('health-report.sign-chief', 'recall'),
  params: ofOne,
  body: z.object({ because: z.string().trim().min(2).max(200) }),
  output: z.object({ state: compositionState }),
  problems: ['ReportNotIssued', 'HepatitisBApart'],
})

export const notifyPatient = endpoint({
  name: 'health-report.notify',
  method: 'POST',
  path: '/report-compositions/:compositionId/notice',
  summary: 'Tell the person that the report can be read, with a link; once',
  gate: gate('health-report.print', 'notify'),
  params: ofOne,
  output: z.object({ notifiedAt: instant }),
  problems: ['ReportNotIssued', 'AlertStillOpen', 'TemplateUnknown'],
})
