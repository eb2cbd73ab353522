import { reads, work, writes, type JobHandler, type Route } from '../../../platform/context/room.ts'
import * as code from '../contract/codes.ts'
import * as message from '../contract/overview.ts'
import * as person from '../contract/persons.ts'
import * as source from '../contract/sources.ts'
import * as submission from '../contract/submit.ts'
import * as table from '../contract/tables.ts'
import * as codes from './queue/codes.ts'
import * as messages from './queue/messages.ts'
import * as persons from './queue/persons.ts'
import { rewritePast } from './queue/rewrite.ts'
import { submitFhir, submitHl7 } from './receive/submit.ts'
import { addSource, changeSource, removeSource, sources } from './sources.ts'
import { runTable } from './table/run-table.ts'
import * as uploads from './table/uploads.ts'

const submitting: Route[] = [
  writes(submission.submitHl7, (ctx, _input, call) => submitHl7(ctx, call)),
  writes(submission.submitFhir, (ctx, _input, call) => submitFhir(ctx, call)),
]

const looking: Route[] = [
  reads(message.intakeOverview, (ctx) => messages.overview(ctx)),
  reads(message.listMessages, (ctx, input) => messages.messagePage(ctx, input)),
  reads(message.openMessage, (ctx, { params }) => messages.showMessage(ctx, params.intakeId)),
  writes(message.retryMessage, (ctx, { params }) => messages.retry(ctx, params.intakeId)),
  writes(message.retryFailed, (ctx) => messages.retryAllFailed(ctx)),
]

const claiming: Route[] = [
  reads(person.listUnmatched, (ctx, input) => persons.unmatchedPage(ctx, input)),
  reads(person.getUnmatched, (ctx, { params }) => persons.unmatchedDetail(ctx, params.personId)),
  writes(person.settlePerson, (ctx, { params, body }) => persons.settle(ctx, params.personId, body)),
  writes(person.registerUnmatched, (ctx, { params, body }) => persons.register(ctx, params.personId, body)),
  writes(person.setPersonAside, (ctx, { params, body }) => persons.setAside(ctx, params.personId, body)),
  writes(person.reopenPerson, (ctx, { params, body }) => persons.reopen(ctx, params.personId, body.version)),
]

const mapping: Route[] = [
  reads(code.listCodes, (ctx, input) => codes.codePage(ctx, input)),
  reads(code.getCode, (ctx, { params }) => codes.codeDetail(ctx, params.codeId)),
  reads(code.listIndicators, async (ctx) => codes.indicatorList(ctx)),
  writes(code.mapCode, (ctx, { params, body }) => codes.map(ctx, params.codeId, body)),
  writes(code.ignoreCode, (ctx, { params, body }) => codes.ignore(ctx, params.codeId, body)),
  writes(code.reopenCode, (ctx, { params, body }) => codes.reopen(ctx, params.codeId, body.version)),
]

const connecting: Route[] = [
  reads(source.listSources, (ctx) => sources(ctx)),
  writes(source.addSource, (ctx, { body }) => addSource(ctx, body)),
  writes(source.changeSource, (ctx, { params, body }) => changeSource(ctx, params.sourceId, body)),
  writes(source.removeSource, (ctx, { params }) => removeSource(ctx, params.sourceId)),
]

const uploading: Route[] = [
  writes(table.uploadTable, (ctx, _input, call) => uploads.uploadTable(ctx, call)),
  reads(table.listTables, (ctx, { query }) => uploads.listUploads(ctx, query.cursor, query.limit)),
  reads(table.getTable, (ctx, { params }) => uploads.getUpload(ctx, params.uploadId)),
  writes(table.previewTable, (ctx, { params, body }, call) => uploads.preview(ctx, call.house, params.uploadId, body)),
  writes(table.startTable, (ctx, { params, body }) => uploads.start(ctx, params.uploadId, body)),
  writes(table.stopTable, (ctx, { params }) => uploads.stop(ctx, params.uploadId)),
  reads(table.refusedTableRows, (ctx, { params }, call) => uploads.refusedFile(ctx, call.house, params.uploadId)),
  reads(table.listTableMappings, (ctx) => uploads.mappings(ctx)),
]

export const routes: Route[] = [...submitting, ...looking, ...claiming, ...mapping, ...connecting, ...uploading]

export const jobs: JobHandler[] = [
  work(code.rewriteCode, (house, organizationId, { codeId }) => rewritePast(house, organizationId, codeId)),
  work(table.readTable, (house, organizationId, { uploadId }) => runTable(house, organizationId, uploadId)),
]
