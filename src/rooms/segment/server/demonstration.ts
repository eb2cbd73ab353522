import { z } from 'zod'
import type { WriteContext } from '../../../platform/context/context.ts'
import { permissionsOf, type Role } from '../../staff/contract/permissions.ts'
import { staffInRole } from '../../staff/server/index.ts'
import content from '../content/demonstration.json' with { type: 'json' }
import { segmentDefinition } from '../contract/words.ts'
import { worklistDefinition } from '../contract/worklist.ts'
import { putInForce } from './segment.ts'
import { findSegments } from './segment-store.ts'
import { findWorklists } from './worklist-store.ts'
import { create as createWorklist } from './worklist.ts'

const segments = z.array(segmentDefinition).parse(content.segments)
const worklists = z.array(worklistDefinition).parse(content.worklists)

/** What a demonstration shows: segments of the content editor, worklists of a physician. Where some stand, none are added. */
export async function furnishSegments(ctx: WriteContext): Promise<void> {
  const editor = await as(ctx, 'content-editor')
  if (editor && (await findSegments(ctx)).length === 0)
    for (const definition of segments) await putInForce(editor, definition)
  const physician = await as(ctx, 'physician')
  if (physician && (await findWorklists(ctx)).length === 0)
    for (const definition of worklists) await createWorklist(physician, definition)
}

async function as(ctx: WriteContext, role: Role): Promise<WriteContext | undefined> {
  const [who] = await staffInRole(ctx, role)
  if (!who) return undefined
  const { id, name, roles } = who
  return { ...ctx, actor: { ...ctx.actor, kind: 'staff', id, name, roles, permissions: permissionsOf(roles) } }
}
