import { z } from 'zod'
import { endpoint, job, pageQuery } from '../../../platform/contract/index.ts'
import { importId } from './person.ts'

/** What a column of a file can mean. */
export const IMPORT_FIELDS = [
  'name',
  'sex',
  'birthDate',
  'nationalId',
  'otherPaper',
  'phone',
  'email',
  'recordNumber',
  'level',
  'source',
  'called',
  'guardianName',
  'guardianRelation',
  'guardianPhone',
  'guardianEmail',
] as const
export const importField = z.enum(IMPORT_FIELDS)
export type ImportField = z.infer<typeof importField>

/** Field → number of its column, from 0. */
export const importMapping = z.partialRecord(importField, z.number().int().min(0).max(999))
export type ImportMapping = z.infer<typeof importMapping>

/** The largest file taken in; a hundred thousand members are about 15 MB of CSV. */
export const IMPORT_MEGABYTES = 60

export const IMPORT_STATES = ['uploaded', 'queued', 'running', 'done', 'stopped', 'failed'] as const

/** Why a row is not taken in: a code with a text in the locales, the column it is about, and values for the text. */
export const rowReason = z.object({
  code: z.string(),
  column: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
})
export type RowReason = z.infer<typeof rowReason>

export const importView = z.object({
  id: importId,
  fileName: z.string(),
  format: z.enum(['xlsx', 'csv']),
  sizeBytes: z.number(),
  columns: z.array(z.string()),
  mapping: importMapping,
  state: z.enum(IMPORT_STATES),
  rowsRead: z.number().int(),
  added: z.number().int(),
  found: z.number().int(),
  refused: z.number().int(),
  proposed: z.number().int(),
  failure: z.string().nullable(),
  by: z.string(),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
})
export type ImportView = z.infer<typeof importView>

const ofImport = z.object({ importId })
const permission = 'patient.import' as const

/** The file's name comes percent-encoded in the header `x-file-name`. */
export const uploadImport = endpoint({
  name: 'patient.uploadImport',
  method: 'POST',
  path: '/patient-imports',
  summary:
    'Hand in a spreadsheet of members (.xlsx, or CSV in UTF-8 or GB18030); columns are read, nobody is added yet',
  gate: { permission, audit: { action: 'patient.import-upload' } },
  upload: true,
  output: importView,
  problems: ['ImportFileUnreadable', 'ImportFileOldExcel', 'ImportFileEmpty', 'ImportFileTooLarge'],
})

export const listImports = endpoint({
  name: 'patient.listImports',
  method: 'GET',
  path: '/patient-imports',
  summary: 'Imports, newest first',
  gate: { permission, audit: { none: 'file names and counts only' } },
  query: pageQuery,
  output: z.object({ rows: z.array(importView), next: z.string().nullable() }),
})

export const getImport = endpoint({
  name: 'patient.getImport',
  method: 'GET',
  path: '/patient-imports/:importId',
  summary: 'How far an import is',
  gate: { permission, audit: { none: 'file name and counts only' } },
  params: ofImport,
  output: importView,
})

export const previewImport = endpoint({
  name: 'patient.previewImport',
  method: 'POST',
  path: '/patient-imports/:importId/preview',
  summary: 'What would become of the first twenty rows; nothing is written',
  gate: { permission, audit: { action: 'patient.import-preview', subject: 'importId' } },
  params: ofImport,
  body: z.object({ mapping: importMapping }),
  output: z.object({
    rows: z.array(
      z.object({
        rowNumber: z.number().int(),
        outcome: z.enum(['new', 'found', 'refused', 'double']),
        shown: z.record(z.string(), z.string()),
        reasons: z.array(rowReason.extend({ text: z.string() })),
      }),
    ),
  }),
  problems: ['ImportNameColumnNeeded'],
})

export const startImport = endpoint({
  name: 'patient.startImport',
  method: 'POST',
  path: '/patient-imports/:importId/start',
  summary: 'Take the members in, in the background',
  gate: { permission, audit: { action: 'patient.import', subject: 'importId' } },
  params: ofImport,
  body: z.object({ mapping: importMapping, saveAs: z.string().trim().max(60).default('') }),
  output: importView,
  problems: ['ImportAlreadyStarted', 'ImportNameColumnNeeded'],
})

export const stopImport = endpoint({
  name: 'patient.stopImport',
  method: 'POST',
  path: '/patient-imports/:importId/stop',
  summary: 'Stop after the rows in hand; those taken in stay',
  gate: { permission, audit: { action: 'patient.import-stop', subject: 'importId' } },
  params: ofImport,
  output: importView,
  problems: ['ImportNotRunning'],
})

export const refusedRows = endpoint({
  name: 'patient.importRefusedRows',
  method: 'GET',
  path: '/patient-imports/:importId/refused',
  summary: 'The rows that were not taken in, as they came, with the reason behind each',
  gate: { permission, audit: { action: 'patient.import-refused', subject: 'importId' } },
  params: ofImport,
  query: z.object({ format: z.enum(['xlsx', 'csv']).default('xlsx') }),
  media: 'application/octet-stream',
  output: z.unknown(),
})

export const listMappings = endpoint({
  name: 'patient.listImportMappings',
  method: 'GET',
  path: '/patient-import-mappings',
  summary: 'Saved mappings: which header means which field',
  gate: { permission, audit: { none: 'headers only' } },
  output: z.object({ rows: z.array(z.object({ name: z.string(), columns: z.record(z.string(), importField) })) }),
})

/** Wakes the import; the table says what there is to do. */
export const runImport = job('patient/import', z.object({ importId }))
