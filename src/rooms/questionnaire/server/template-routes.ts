import { reads, writes, type Route } from '../../../platform/context/room.ts'
import * as contract from '../contract/templates.ts'
import { draftFrom, listAllTemplates, readSheet } from './template.ts'

/** Scales whose wording the institution brings. */
export const templateRoutes: Route[] = [
  reads(contract.listTemplates, (ctx) => listAllTemplates(ctx)),
  writes(contract.readTemplateSheet, (ctx, _input, call) => readSheet(ctx, call)),
  writes(contract.draftFromTemplate, (ctx, { params, body }) => draftFrom(ctx, params.code, body)),
]
