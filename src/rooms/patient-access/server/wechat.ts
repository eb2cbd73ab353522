import { timingSafeEqual } from 'node:crypto'
import { ownPatientId, type ReadContext, type WriteContext } from '../../../platform/context/context.ts'
import type { House } from '../../../platform/context/house.ts'
import type { InputOf, OutputOf } from '../../../platform/contract/index.ts'
import { linkAccount, linkedApps } from '../../message/server/index.ts'
import { settingsOf, webAddressOf } from '../../organization/server/index.ts'
import { GUARDIAN_UNDER_YEARS } from '../../patient/contract/person.ts'
import { patientSummary } from '../../patient/server/index.ts'
import { wechatDoorman } from '../../wechat/server/index.ts'
import { accessProblem } from '../contract/problems.ts'
import type * as contract from '../contract/wechat.ts'

/** Where WeChat brings the visitor back to; a page of theirs. */
const PAGE = '/my/wechat'

/** Where to go to be known; the way back carries a mark of this very session, so that nobody is tied by another's link. */
export async function wechatLink(ctx: ReadContext, house: House): Promise<OutputOf<typeof contract.wechatLink>> {
  const doorman = await wechatDoorman(house, ctx.tenant)
  if (!doorman) return { url: null, linked: false }
  const { general } = await settingsOf(ctx)
  const url = doorman.authorizeUrl(webAddressOf(general, ctx.publicUrl) + PAGE, markOf(ctx))
  return { url, linked: (await linkedApps(ctx, ownPatientId(ctx))).includes(doorman.app) }
}

/** @throws Problem WeChatLinkStale: another session's mark, or a code that is spent */
export async function linkWeChat(
  ctx: WriteContext,
  house: House,
  { code, state }: InputOf<typeof contract.linkWeChat>['body'],
): Promise<OutputOf<typeof contract.linkWeChat>> {
  const [given, mark] = [Buffer.from(state), Buffer.from(markOf(ctx))]
  if (given.length !== mark.length || !timingSafeEqual(given, mark)) throw accessProblem('WeChatLinkStale')
  const patientId = ownPatientId(ctx)
  const doorman = await wechatDoorman(house, ctx.tenant)
  const address = await doorman?.openIdOf(code)
  if (!doorman || !address) throw accessProblem('WeChatLinkStale')
  const patient = await patientSummary(ctx, patientId)
  const isChild = patient?.ageYears != null && patient.ageYears < GUARDIAN_UNDER_YEARS
  const relation = isChild ? ('guardian' as const) : ('self' as const)
  await linkAccount(ctx, { app: doorman.app, address, patientId, relation })
  ctx.audit.detail = { relation }
  return { linked: true }
}

function markOf(ctx: Pick<ReadContext, 'sealer' | 'organizationId' | 'actor'>): string {
  return ctx.sealer.index(ctx.organizationId, 'patient-access/wechat', ctx.actor.sessionId ?? '').toString('hex')
}
