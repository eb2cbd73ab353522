import { z } from 'zod'
import { calendarDate, endpoint, instant, pageOf, pageQuery, patientId, pii } from '../../../platform/contract/index.ts'

const permission = 'care-figures.read' as const

/**
 * By pathway. coverage 覆盖率: tried at least once, or done ÷ follow-ups whose window ended in the span · connect 接通率:
 * somebody answered ÷ follow-ups that somebody rang about · consent 同意率: the person went on talking ÷ the person was on the
 * line · completion 完成率: done, late ones too ÷ those whose window ended · onTime 按时率: done within the window ÷ the same ·
 * control 控制率: the newest class in the span is 控制满意 ÷ plans with a class in it · lost 失访率: ended as lost, refused or
 * moved away ÷ plans that ran in the span.
 */
export const PATHWAY_FIGURES = ['coverage', 'connect', 'consent', 'completion', 'onTime', 'control', 'lost'] as const
export type PathwayFigure = (typeof PATHWAY_FIGURES)[number]

/**
 * 陪伴成效 (S0-21), each by itself and never one number (R8). retention: of the plans that began a year before, those that
 * still run or were completed · recheck 按时复诊 (S3-27): follow-ups face to face that were due and done in time ·
 * adherence: care plans done as agreed · referral: who came because somebody told them of us, as the front desk noted.
 */
export const BOARD_FIGURES = ['retention', 'recheck', 'adherence', 'referral'] as const
export type BoardFigure = (typeof BOARD_FIGURES)[number]

export const CARE_FIGURES = [...PATHWAY_FIGURES, ...BOARD_FIGURES] as const
export type CareFigure = (typeof CARE_FIGURES)[number]

/** Counted while one waits: a year at once, leap years too. Longer lines stand in the monthly reports. */
export const SPAN_MAX_DAYS = 366

export const share = z.object({
  count: z.number().int(),
  n: z.number().int(),
  /** Of 1, with its 95 % interval (Wilson); null below 30. */
  share: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
})

const shares = z.partialRecord(z.enum(CARE_FIGURES), share)
/** How plans stood at the end of the span: `active`, `completed`, or why they ended. */
const standing = z.record(z.string(), z.number().int())

export const pathwayLine = z.object({
  code: z.string(),
  name: z.string(),
  /** For mind and mood: nobody is listed whom the reader does not look after. */
  mental: z.boolean(),
  figures: shares,
  standing,
})
export type PathwayLine = z.infer<typeof pathwayLine>

/** Whose: of one's own customers, or of the whole house for whoever answers for it. */
export const SCOPES = ['own', 'house'] as const
const asked = z.object({
  from: calendarDate.optional(),
  until: calendarDate.optional(),
  scope: z.enum(SCOPES).optional(),
})

export const getCareFigures = endpoint({
  name: 'care-figures.read',
  method: 'GET',
  path: '/care-figures',
  summary: 'Coverage, connect, consent, completion, control and loss by pathway, and what they say together (S0-21)',
  gate: { permission, audit: { none: 'counts only' } },
  query: asked,
  output: z.object({
    from: calendarDate,
    until: calendarDate,
    scope: z.enum(SCOPES),
    scopes: z.array(z.enum(SCOPES)),
    pathways: z.array(pathwayLine),
    /** Of all pathways together; control is told by pathway alone, since each has its own targets. */
    total: z.object({ figures: shares, standing }),
    board: z.record(z.enum(BOARD_FIGURES), share),
    /**
     * 满意度, of the whole house: ratings of 4 and 5 among those that came in the span, and how many of those who were asked
     * answered. null: the reader may not see it.
     */
    satisfaction: z.object({ good: share, response: share }).nullable(),
  }),
  problems: ['CareSpanTooLong'],
})

export const careFigureRow = z.object({
  /** Of the follow-up or plan; it never tells who somebody is whose name is masked. */
  id: z.string(),
  on: calendarDate,
  /** Masked, and without its id, where the reader does not look after the person. */
  patient: z.object({ id: patientId.nullable(), name: pii('name', z.string()) }),
  pathway: z.string().nullable(),
  step: z.string().nullable(),
  /** A state of a follow-up, a class, how a plan stands, a source; `measured` with its percent. */
  how: z.string(),
  percent: z.number().int().nullable(),
  counts: z.boolean(),
})
export type CareFigureRow = z.infer<typeof careFigureRow>

export const PARTS = ['all', 'counting', 'rest'] as const

export const careFigureRows = endpoint({
  name: 'care-figures.rows',
  method: 'GET',
  path: '/care-figures/rows',
  summary: 'The follow-ups, plans or people behind a figure, newest first',
  gate: { permission, audit: { action: 'care-figures.rows' } },
  query: pageQuery.extend({
    ...asked.shape,
    figure: z.enum(CARE_FIGURES).default('completion'),
    /** Only what counts for the upper part, or only what is missing to the whole. */
    part: z.enum(PARTS).default('all'),
    pathway: z.string().max(60).optional(),
  }),
  output: pageOf(careFigureRow),
  problems: ['CareSpanTooLong'],
})

export const careReports = endpoint({
  name: 'care-figures.reports',
  method: 'GET',
  path: '/care-figures/reports',
  summary: 'The figures of the last twelve months, as they stood when each month was over',
  gate: { permission: 'metrics.department', audit: { none: 'counts only' } },
  output: z.object({
    pathways: z.array(z.object({ code: z.string(), name: z.string() })),
    reports: z.array(
      z.object({
        month: calendarDate,
        madeAt: instant,
        total: shares,
        pathways: z.array(z.object({ code: z.string(), figures: shares })),
      }),
    ),
  }),
})
