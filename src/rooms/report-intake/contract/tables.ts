import { z } from 'zod'
import { endpoint, job, pageQuery } from '../../../platform/contract/index.ts'
import { nothing, tableUploadId } from './words.ts'

/** What a column can mean. In a wide sheet every column without a meaning is an item, its header the item's name. */
export const TABLE_FIELDS = [
  'name',
  'sex',
  'birthDate',
  'nationalId',
  'phone',
  'recordNumber',
  'reportNumber',
  'takenAt',
  'title',
  'itemCode',
  'itemName',
  'value',
  'unit',
  'range',
  'flag',
] as const
export const tableField = z.enum(TABLE_FIELDS)
export type TableField = z.infer<typeof tableField>

export const tableMapping = z.object({
  /** long: one result a row. wide: one person a row, one item a column. */
  shape: z.enum(['long', 'wide']),
  /** Field → header of its column. */
  columns: z.partialRecord(tableField, z.string().max(200)),
  /** In a wide sheet: headers that are items. */
  items: z.array(z.string().max(200)).max(180).default([]),
})
export type TableMapping = z.output<typeof tableMapping>

const permission = 'intake.submit' as const
const ofUpload = z.object({ uploadId: tableUploadId })

export const tableUpload = z.object({
  id: tableUploadId,
  fileName: z.string(),
  headers: z.array(z.string()),
  rowCount: z.number().int(),
  mappingName: z.string().nullable(),
  /** A saved mapping, or what the headers suggest. */
  mapping: tableMapping,
  state: z.enum(['uploaded', 'queued', 'running', 'done', 'stopped', 'failed']),
  rowsRead: z.number().int(),
  reports: z.number().int(),
  refused: z.number().int(),
  failure: z.string(),
  by: z.string(),
  createdAt: z.string(),
})
export type TableUpload = z.infer<typeof tableUpload>

/** The file's name comes percent-encoded in the header `x-file-name`. */
export const uploadTable = endpoint({
  name: 'report-intake.uploadTable',
  method: 'POST',
  path: '/intake/tables',
  summary: 'Hand in a spreadsheet of results (.xlsx, or CSV in UTF-8 or GB18030); nothing is filed yet',
  gate: { permission, audit: { action: 'intake.upload-table' } },
  upload: true,
  output: tableUpload,
})

export const listTables = endpoint({
  name: 'report-intake.listTables',
  method: 'GET',
  path: '/intake/tables',
  summary: 'Spreadsheets, newest first',
  gate: { permission, audit: { none: 'file names and counts only' } },
  query: pageQuery,
  output: z.object({ rows: z.array(tableUpload), next: z.string().nullable() }),
})

export const getTable = endpoint({
  name: 'report-intake.getTable',
  method: 'GET',
  path: '/intake/tables/:uploadId',
  summary: 'How far a spreadsheet has been read',
  gate: { permission, audit: { none: 'file name and counts only' } },
  params: ofUpload,
  output: tableUpload,
})

export const ROW_REASONS = [
  'no-person',
  'no-item',
  'no-value',
  'bad-date',
  'bad-birth-date',
  'bad-national-id',
] as const

export const previewTable = endpoint({
  name: 'report-intake.previewTable',
  method: 'POST',
  path: '/intake/tables/:uploadId/preview',
  summary: 'What a mapping would make of the file, without filing anything',
  gate: { permission, audit: { action: 'intake.preview-table', subject: 'uploadId' } },
  params: ofUpload,
  body: tableMapping,
  output: z.object({
    rows: z.number().int(),
    reports: z.number().int(),
    results: z.number().int(),
    refused: z.array(z.object({ row: z.number().int(), reasons: z.array(z.enum(ROW_REASONS)) })),
    people: z.object({ known: z.number().int(), unsure: z.number().int(), unknown: z.number().int() }),
    items: z.array(
      z.object({ name: z.string(), count: z.number().int(), indicator: z.string().nullable(), sure: z.boolean() }),
    ),
  }),
  problems: ['TableColumnsNeeded'],
})

export const startTable = endpoint({
  name: 'report-intake.startTable',
  method: 'POST',
  path: '/intake/tables/:uploadId/start',
  summary: 'File what stands in the spreadsheet; goes on in the background',
  gate: { permission, audit: { action: 'intake.start-table', subject: 'uploadId' } },
  params: ofUpload,
  body: tableMapping.extend({ saveAs: z.string().trim().max(60).optional() }),
  output: tableUpload,
  problems: ['TableStartedAlready', 'TableColumnsNeeded'],
})

export const stopTable = endpoint({
  name: 'report-intake.stopTable',
  method: 'POST',
  path: '/intake/tables/:uploadId/stop',
  summary: 'Stop reading; what was filed stays',
  gate: { permission, audit: { action: 'intake.stop-table', subject: 'uploadId' } },
  params: ofUpload,
  output: nothing,
  problems: ['TableNotRunning'],
})

export const refusedTableRows = endpoint({
  name: 'report-intake.refusedTableRows',
  method: 'GET',
  path: '/intake/tables/:uploadId/refused',
  summary: 'The rows that could not be read, as CSV with the reasons, to be put right and handed in again',
  gate: { permission, audit: { action: 'intake.refused-rows', subject: 'uploadId' } },
  params: ofUpload,
  media: 'text/csv',
  output: z.any(),
})

export const listTableMappings = endpoint({
  name: 'report-intake.listTableMappings',
  method: 'GET',
  path: '/intake/table-mappings',
  summary: 'Saved mappings',
  gate: { permission, audit: { none: 'names of columns only' } },
  output: z.object({ rows: z.array(z.object({ name: z.string(), mapping: tableMapping })) }),
})

export const readTable = job('report-intake/read-table', z.object({ uploadId: tableUploadId }))
