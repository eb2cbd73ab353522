import { z } from 'zod'
import { calendarDate, endpoint, pageOf, pageQuery, patientId, pii } from '../../../platform/contract/index.ts'
import { noduleId, noduleLine, noduleView, organ, RESULTS, scanBody, scanId, SIDES, system } from './words.ts'

export const VIEWS = ['due', 'overdue', 'waiting', 'planned', 'closed'] as const
export type View = (typeof VIEWS)[number]

const ofNodule = z.object({ noduleId })
const ofScan = z.object({ noduleId, scanId })
const ofPatient = z.object({ patientId })
const because = pii('free-text', z.string().trim().min(2).max(500))
const version = z.number().int().min(1)

export const listNodules = endpoint({
  name: 'nodule.list',
  method: 'GET',
  path: '/nodules',
  summary: 'Nodules by what is to be done: due, overdue, waiting for a physician, planned, closed',
  gate: { permission: 'nodule.read', audit: { action: 'nodule.list' } },
  query: pageQuery.extend({
    view: z.enum(VIEWS).default('due'),
    organ: organ.optional(),
    mine: z.stringbool().optional(),
  }),
  output: pageOf(noduleLine),
})

export const patientNodules = endpoint({
  name: 'nodule.ofPatient',
  method: 'GET',
  path: '/patients/:patientId/nodules',
  summary: 'The nodules of a person with their scans, categories, rechecks and talks',
  gate: { permission: 'nodule.read', audit: { action: 'nodule.list-of-patient', patient: 'patientId' } },
  params: ofPatient,
  output: z.object({ rows: z.array(noduleView), can: z.object({ register: z.boolean() }) }),
})

export const getNodule = endpoint({
  name: 'nodule.get',
  method: 'GET',
  path: '/nodules/:noduleId',
  summary: 'One nodule with all that is known of it',
  gate: { permission: 'nodule.read', audit: { action: 'nodule.open', subject: 'noduleId' } },
  params: ofNodule,
  output: noduleView,
})

const scanProblems = [
  'NoduleScanInFuture',
  'NoduleScanBeforeBirth',
  'NoduleAxesWrong',
  'NoduleSizeMissing',
  'NoduleSizeDoubtful',
  'NoduleReportUnknown',
  'NoduleIntervalWrong',
  'NoduleCategoryUnfit',
  'NoduleSystemUnfit',
  'NodulePatientNotActive',
] as const

export const registerNodule = endpoint({
  name: 'nodule.register',
  method: 'POST',
  path: '/patients/:patientId/nodules',
  summary: 'Register a nodule with the scan it was found on',
  gate: { permission: 'nodule.write', audit: { action: 'nodule.register', patient: 'patientId' } },
  params: ofPatient,
  body: z.object({
    organ,
    side: z.enum(SIDES),
    place: pii('health', z.string().trim().max(120)).default(''),
    scan: scanBody,
    /** Made up by the page, so that sending twice makes one nodule. */
    key: z.uuid(),
  }),
  output: noduleView,
  problems: scanProblems,
})

export const addScan = endpoint({
  name: 'nodule.addScan',
  method: 'POST',
  path: '/nodules/:noduleId/scans',
  summary: 'Another scan: it fulfils the recheck that was due, and plans the next',
  gate: { permission: 'nodule.write', audit: { action: 'nodule.add-scan', subject: 'noduleId' } },
  params: ofNodule,
  body: z.object({ scan: scanBody, key: z.uuid() }),
  output: noduleView,
  problems: [...scanProblems, 'NoduleClosed'],
})

export const correctScan = endpoint({
  name: 'nodule.correctScan',
  method: 'POST',
  path: '/nodules/:noduleId/scans/:scanId/corrections',
  summary: 'A scan was entered wrongly: the corrected one supersedes it, both are kept',
  gate: { permission: 'nodule.write', audit: { action: 'nodule.correct-scan', subject: 'noduleId' } },
  params: ofScan,
  body: z.object({ scan: scanBody, because }),
  output: noduleView,
  problems: [...scanProblems, 'NoduleScanUnknown', 'NoduleScanEnded', 'NoduleClosed'],
})

export const withdrawScan = endpoint({
  name: 'nodule.withdrawScan',
  method: 'POST',
  path: '/nodules/:noduleId/scans/:scanId/withdraw',
  summary: 'A scan belongs to somebody else or another nodule: it counts no more, and is kept',
  gate: { permission: 'nodule.write', audit: { action: 'nodule.withdraw-scan', subject: 'noduleId' } },
  params: ofScan,
  body: z.object({ because }),
  output: noduleView,
  problems: ['NoduleScanUnknown', 'NoduleScanEnded', 'NoduleLastScan', 'NoduleClosed'],
})

export const correctPlace = endpoint({
  name: 'nodule.correctPlace',
  method: 'POST',
  path: '/nodules/:noduleId/place',
  summary: 'Correct where the nodule is',
  gate: { permission: 'nodule.write', audit: { action: 'nodule.correct-place', subject: 'noduleId' } },
  params: ofNodule,
  body: z.object({ side: z.enum(SIDES), place: pii('health', z.string().trim().max(120)), version }),
  output: noduleView,
})

export const settleGrade = endpoint({
  name: 'nodule.settleGrade',
  method: 'POST',
  path: '/nodules/:noduleId/grades',
  summary: 'A physician settles the category of a scan: the proposal, or another with the reason',
  gate: { permission: 'nodule.grade', audit: { action: 'nodule.grade', subject: 'noduleId' } },
  params: ofNodule,
  body: z.object({
    scanId,
    system,
    category: z.string().trim().min(1).max(40),
    /** Wanted where it differs from what was proposed, or replaces what was settled. */
    because: pii('free-text', z.string().trim().max(500)).default(''),
    version,
  }),
  output: noduleView,
  problems: ['NoduleScanUnknown', 'NoduleSystemUnfit', 'NoduleCategoryUnfit', 'NoduleBecauseMissing', 'NoduleClosed'],
})

export const setRecheckDay = endpoint({
  name: 'nodule.setInterval',
  method: 'POST',
  path: '/nodules/:noduleId/interval',
  summary: 'A physician decides when to look again, with the reason',
  gate: { permission: 'nodule.grade', audit: { action: 'nodule.set-interval', subject: 'noduleId' } },
  params: ofNodule,
  body: z.object({ dueOn: calendarDate, because, version }),
  output: noduleView,
  problems: ['NoduleIntervalWrong', 'NoduleClosed'],
})

export const closeNodule = endpoint({
  name: 'nodule.close',
  method: 'POST',
  path: '/nodules/:noduleId/close',
  summary: 'End the care for a nodule, with what it ended in',
  gate: { permission: 'nodule.write', audit: { action: 'nodule.close', subject: 'noduleId' } },
  params: ofNodule,
  body: z.object({
    result: z.enum(RESULTS),
    /** What was found or done and where, or the person's own words. */
    text: pii('free-text', z.string().trim().min(2).max(1000)),
    on: calendarDate.nullable().default(null),
    version,
  }),
  output: noduleView,
  problems: ['NoduleClosed', 'NoduleResultNeedsDoctor', 'NoduleResultUnfit'],
})

export const reopenNodule = endpoint({
  name: 'nodule.reopen',
  method: 'POST',
  path: '/nodules/:noduleId/reopen',
  summary: 'Take a closing back; the recheck runs again from the last scan',
  gate: { permission: 'nodule.write', audit: { action: 'nodule.reopen', subject: 'noduleId' } },
  params: ofNodule,
  body: z.object({ because, version }),
  output: noduleView,
  problems: ['NoduleNotClosed'],
})

export const noteTalk = endpoint({
  name: 'nodule.noteTalk',
  method: 'POST',
  path: '/nodules/:noduleId/talks',
  summary: 'What worries the person, in their words, and whether they told it back',
  gate: { permission: 'nodule.write', audit: { action: 'nodule.talk', subject: 'noduleId' } },
  params: ofNodule,
  body: z.object({
    worries: z
      .array(
        z.object({ code: z.string().min(1).max(40), words: pii('free-text', z.string().trim().max(300)).default('') }),
      )
      .max(20)
      .default([]),
    cardCode: z.string().max(60).nullable().default(null),
    taughtBack: z.boolean(),
    /** 用您自己的话说一遍 */
    theirWords: pii('free-text', z.string().trim().max(1000)).default(''),
    note: pii('free-text', z.string().trim().max(1000)).default(''),
    key: z.uuid(),
  }),
  output: noduleView,
  problems: ['NoduleBecauseMissing', 'NoduleCardUnknown'],
})
