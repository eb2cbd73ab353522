import { opens, reads, writes, type Route } from '../../../platform/context/room.ts'
import * as contract from '../contract/patient-access.ts'
import { enter, lookAt } from './enter.ts'
import * as my from './my.ts'
import * as ways from './ways.ts'
import { linkWeChat, myWeChatNotices, wechatLink } from './wechat.ts'

export const routes: Route[] = [
  opens(contract.lookAtWay, (house, { params }, call) => lookAt(house, params.token, call)),
  opens(contract.enterByWay, (house, { params, body }, call) => enter(house, params.token, body, call)),
  reads(contract.readHome, (ctx) => my.home(ctx)),
  reads(contract.whoLooked, (ctx, { query }) => my.openings(ctx, query.before)),
  writes(contract.signOutPatient, (ctx, _input, call) => my.signOut(ctx, call)),
  reads(contract.myWeChatNotices, (ctx) => myWeChatNotices(ctx)),
  reads(contract.wechatLink, (ctx, _input, call) => wechatLink(ctx, call.house)),
  writes(contract.linkWeChat, (ctx, { body }, call) => linkWeChat(ctx, call.house, body)),
  reads(contract.waysOf, (ctx, { params }) => ways.listOf(ctx, params.patientId)),
  writes(contract.showWay, (ctx, { params }) => ways.show(ctx, params.patientId)),
  writes(contract.mailWay, (ctx, { params }) => ways.mail(ctx, params.patientId)),
  writes(contract.withdrawWay, (ctx, { params }) => ways.withdraw(ctx, params.patientId, params.patientWayId)),
  writes(contract.endSessions, (ctx, { params }) => ways.endAll(ctx, params.patientId)),
]
