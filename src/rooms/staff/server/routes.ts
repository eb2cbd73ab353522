import { opens, reads, writes, type Route } from '../../../platform/context/room.ts'
import { findTenantBySlug, settingsOf } from '../../organization/server/index.ts'
import * as account from '../contract/account.ts'
import * as administration from '../contract/administration.ts'
import * as apiKey from '../contract/api-key.ts'
import * as signIn from '../contract/sign-in.ts'
import { listDirectory, me } from '../contract/staff.ts'
import * as own from './account.ts'
import * as administer from './administration.ts'
import { findColleagues } from './administration-store.ts'
import { listKeys, makeKey, withdrawKey } from './api-key.ts'
import { listAllBindings, replaceBindings } from './binding.ts'
import { demoAccounts } from './demo.ts'
import { acceptInvitation, greetInvited } from './invited.ts'
import { beginSecondFactor, completeSecondFactor, removeSecondFactor, showSecondFactor } from './second-factor.ts'
import { signInWithPassword } from './sign-in.ts'

const signingIn: Route[] = [
  opens(signIn.signIn, (house, { body }, call) => signInWithPassword(house, body, call)),
  writes(signIn.confirmSecondFactor, (ctx, { body }) => showSecondFactor(ctx, body.code)),
  reads(signIn.getSignInStep, (ctx) => own.showStep(ctx)),
  writes(signIn.signOut, (ctx, _input, call) => own.leave(ctx, call)),
  opens(signIn.listDemoAccounts, async (house, { query }) => {
    const tenant = await findTenantBySlug(house.databases.none, query.organization)
    if (!tenant) return { password: null, accounts: [] }
    const reader = { db: house.databases.of(tenant.id), organizationId: tenant.id }
    return demoAccounts(reader, (await settingsOf(reader)).demo)
  }),
  opens(signIn.readInvitation, (house, { body }) => greetInvited(house, body.token)),
  opens(signIn.acceptInvitation, (house, { body }, call) => acceptInvitation(house, body, call)),
]

const ownAccount: Route[] = [
  reads(me, (ctx) => own.showMe(ctx)),
  writes(account.changePassword, (ctx, { body }) => own.changeOwnPassword(ctx, body)),
  writes(account.beginSecondFactor, (ctx) => beginSecondFactor(ctx)),
  writes(account.completeSecondFactor, (ctx, { body }) => completeSecondFactor(ctx, body.code)),
  writes(account.removeSecondFactor, (ctx, { body }) => removeSecondFactor(ctx, body.code)),
  writes(account.changeLocale, (ctx, { body }) => own.chooseLocale(ctx, body.locale)),
  reads(account.listSessions, (ctx) => own.listOwnSessions(ctx)),
  writes(account.revokeSession, (ctx, { params }) => own.endOwnSession(ctx, params.sessionId)),
  writes(account.revokeOtherSessions, (ctx) => own.endOtherSessions(ctx)),
]

const administering: Route[] = [
  reads(listDirectory, async (ctx, { query: { limit, ...filter } }) => {
    const colleagues = await findColleagues(ctx.db, ctx.organizationId, filter, limit)
    // By pinyin, which the database's C.UTF-8 does not know.
    return { staff: colleagues.toSorted((a, b) => a.name.localeCompare(b.name, 'zh-CN')) as never }
  }),
  reads(administration.listStaff, (ctx, { query }) => administer.listAccounts(ctx, query)),
  reads(administration.getStaff, (ctx, { params }) => administer.showAccount(ctx, params.staffId)),
  writes(administration.createStaff, (ctx, { body }, call) => administer.createAccount(ctx, body, call)),
  writes(administration.changeStaff, (ctx, { params, body }) => administer.reviseStaff(ctx, params.staffId, body)),
  writes(administration.changeRoles, (ctx, { params, body }) => administer.reviseRoles(ctx, params.staffId, body)),
  writes(administration.disableStaff, (ctx, { params }) => administer.closeAccount(ctx, params.staffId)),
  writes(administration.enableStaff, (ctx, { params }) => administer.reopenAccount(ctx, params.staffId)),
  writes(administration.unlockStaff, (ctx, { params }) => administer.unlockAccount(ctx, params.staffId)),
  writes(administration.issueLink, (ctx, { params }, call) => administer.issueAccountLink(ctx, params.staffId, call)),
  writes(administration.resetSecondFactor, (ctx, { params }) => administer.takeSecondFactor(ctx, params.staffId)),
  writes(administration.endSessions, (ctx, { params }) => administer.endStaffSessions(ctx, params.staffId)),
  reads(administration.listBindings, (ctx) => listAllBindings(ctx)),
  writes(administration.changeBindings, (ctx, { params, body }) => replaceBindings(ctx, params.staffId, body.managerIds)),
  reads(apiKey.listApiKeys, (ctx) => listKeys(ctx)),
  writes(apiKey.createApiKey, (ctx, { body }) => makeKey(ctx, body)),
  writes(apiKey.revokeApiKey, (ctx, { params }) => withdrawKey(ctx, params.apiKeyId)),
]

export const routes: Route[] = [...signingIn, ...ownAccount, ...administering]
