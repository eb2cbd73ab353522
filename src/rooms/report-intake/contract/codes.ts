import { z } from 'zod'
import { endpoint, job, pageOf, pageQuery } from '../../../platform/contract/index.ts'
import { laboratoryCodeId } from './words.ts'

const ofCode = z.object({ codeId: laboratoryCodeId })
const state = z.enum(['open', 'mapped', 'ignored'])

/** An item of a laboratory that could not be told for sure. */
export const laboratoryCode = z.object({
  id: laboratoryCodeId,
  system: z.string(),
  code: z.string(),
  name: z.string(),
  unit: z.string(),
  problem: z.enum(['unknown', 'likely', 'unit']),
  proposed: z.object({ code: z.string(), name: z.string() }).nullable(),
  examples: z.array(z.string()),
  state,
  target: z.object({ code: z.string(), name: z.string() }).nullable(),
  asUnit: z.string().nullable(),
  everywhere: z.boolean(),
  settledBy: z.string().nullable(),
  settledAt: z.string().nullable(),
  /** Reports that hold it; stops at 100,000. */
  reach: z.number().int(),
  rewrite: z.object({ state: z.enum(['none', 'running', 'done']), total: z.number().int(), done: z.number().int() }),
  version: z.number().int(),
})
export type LaboratoryCode = z.infer<typeof laboratoryCode>

export const listCodes = endpoint({
  name: 'report-intake.listCodes',
  method: 'GET',
  path: '/intake/codes',
  summary: 'Items of laboratories that wait to be mapped, newest first',
  gate: { permission: 'intake.map', audit: { none: 'names items, no patient' } },
  query: pageQuery.extend({ state: state.default('open') }),
  output: pageOf(laboratoryCode),
})

export const getCode = endpoint({
  name: 'report-intake.getCode',
  method: 'GET',
  path: '/intake/codes/:codeId',
  summary: 'One item, how many reports a decision reaches and how far it has got',
  gate: { permission: 'intake.map', audit: { none: 'names an item, no patient' } },
  params: ofCode,
  output: laboratoryCode,
})

export const listIndicators = endpoint({
  name: 'report-intake.listIndicators',
  method: 'GET',
  path: '/intake/indicators',
  summary: 'The indicators an item can be mapped to',
  gate: { permission: 'intake.map', audit: { none: 'a dictionary' } },
  output: z.object({
    rows: z.array(
      z.object({
        code: z.string(),
        name: z.string(),
        abbr: z.string(),
        panel: z.string(),
        kind: z.enum(['number', 'ordinal', 'text']),
        unit: z.string(),
        units: z.array(z.string()),
        words: z.array(z.string()),
      }),
    ),
  }),
})

export const mapCode = endpoint({
  name: 'report-intake.mapCode',
  method: 'POST',
  path: '/intake/codes/:codeId/map',
  summary: 'Say which indicator an item is; past results follow in the background',
  gate: { permission: 'intake.map', audit: { action: 'intake.map-code', subject: 'codeId' } },
  params: ofCode,
  body: z.object({
    version: z.number().int(),
    target: z.string().min(1).max(60),
    /** The unit that is meant, where the printed one is missing or wrong. */
    asUnit: z.string().trim().max(60).optional(),
    everywhere: z.boolean().default(false),
  }),
  output: laboratoryCode,
  problems: ['CodeSettledAlready', 'ChangedMeanwhile', 'IndicatorUnfit', 'UnitUnfit'],
})

export const ignoreCode = endpoint({
  name: 'report-intake.ignoreCode',
  method: 'POST',
  path: '/intake/codes/:codeId/ignore',
  summary: 'Keep an item under its own name; it is not asked about again',
  gate: { permission: 'intake.map', audit: { action: 'intake.ignore-code', subject: 'codeId' } },
  params: ofCode,
  body: z.object({ version: z.number().int(), everywhere: z.boolean().default(false) }),
  output: laboratoryCode,
  problems: ['CodeSettledAlready', 'ChangedMeanwhile'],
})

export const reopenCode = endpoint({
  name: 'report-intake.reopenCode',
  method: 'POST',
  path: '/intake/codes/:codeId/reopen',
  summary: 'Take a decision back; results go back under the code of the laboratory',
  gate: { permission: 'intake.map', audit: { action: 'intake.reopen-code', subject: 'codeId' } },
  params: ofCode,
  body: z.object({ version: z.number().int() }),
  output: laboratoryCode,
  problems: ['CodeNotSettled', 'CodeRewriting', 'ChangedMeanwhile'],
})

export const rewriteCode = job('report-intake/rewrite-code', z.object({ codeId: laboratoryCodeId }))
