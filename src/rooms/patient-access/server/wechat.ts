import { timingSafeEqual } from 'node:crypto'
import { ownPatientId, type ReadContext, type WriteContext } from '../../../platform/context/context.ts'
import type { House } from '../../../platform/context/house.ts'
import type { InputOf, OutputOf } from '../../../platform/contract/index.ts'
import { linkAccount, linkedApps, reachOf } from '../../message/server/index.ts'
import { settingsOf, webAddressOf } from '../../organization/server/index.ts'
import { GUARDIAN_UNDER_YEARS } from '../../patient/contract/person.ts'
import { patientSummary } from '../../patient/server/index.ts'
import { offeredNotices, wechatDoorman } from '../../wechat/server/index.ts'
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
  const relation = (await isChild(ctx, patientId)) ? ('guardian' as const) : ('self' as const)
  await linkAccount(ctx, { app: doorman.app, address, patientId, relation })
  ctx.audit.detail = { relation }
  return { linked: true }
}

/** What has been agreed to by whichever of the person's accounts; of a child's, by whoever speaks for it. */
export async function myWeChatNotices(ctx: ReadContext): Promise<OutputOf<typeof contract.myWeChatNotices>> {
  const offered = await offeredNotices(ctx)
  if (!offered) return { page: null, linked: false, notices: [] }
  const patientId = ownPatientId(ctx)
  const linked = await linkedApps(ctx, patientId)
  const viaGuardian = await isChild(ctx, patientId)
  const reach = (await reachOf(ctx, [{ patientId, viaGuardian }])).get(patientId)!
  const now = ctx.clock.now()
  return {
    page: offered.page,
    linked: offered.notices.some(({ app }) => linked.includes(app)),
    notices: offered.notices.map(({ app, templateId, title, lasting }) => {
      const rights = reach.rights.filter((right) => right.app === app && right.template === templateId)
      const open = rights.filter(
        ({ channel, withdrawnAt, closesAt }) =>
          channel === 'wechat-notice' && withdrawnAt === null && (closesAt === null || closesAt > now),
      )
      const left = open.reduce((sum, right) => sum + (right.left ?? 0), 0)
      const stands = open.some((right) => right.left === null)
        ? ('always' as const)
        : left > 0
          ? ('some' as const)
          : rights.some(({ withdrawnAt }) => withdrawnAt !== null)
            ? ('refused' as const)
            : ('none' as const)
      return { title, lasting, stands, left }
    }),
  }
}

async function isChild(ctx: ReadContext, patientId: string): Promise<boolean> {
  const patient = await patientSummary(ctx, patientId)
  return patient?.ageYears != null && patient.ageYears < GUARDIAN_UNDER_YEARS
}

function markOf(ctx: Pick<ReadContext, 'sealer' | 'organizationId' | 'actor'>): string {
  return ctx.sealer.index(ctx.organizationId, 'patient-access/wechat', ctx.actor.sessionId ?? '').toString('hex')
}
