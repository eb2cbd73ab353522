import { opens, reads, writes, type Route } from '../../../platform/context/room.ts'
import * as account from '../contract/account.ts'
import * as callback from '../contract/callback.ts'
import * as way from '../contract/contact-way.ts'
import * as menu from '../contract/menu.ts'
import * as noticing from '../contract/notice-page.ts'
import * as told from '../contract/staff-notice.ts'
import * as template from '../contract/template.ts'
import { addAccount, changeAccount, checkAccount, setStaff, showAccounts } from './account.ts'
import { answerHello, takeTold } from './callback.ts'
import { addContactWay, listContactWays, removeContactWay } from './contact-way.ts'
import { configureNoticePage, showNoticePage } from './notice-page.ts'
import { publishMenu, saveMenu, showMenu, withdrawMenu } from './menu.ts'
import { chooseOwnWeCom, showOwnWeCom } from './own-wecom.ts'
import { dropTemplate, listTemplates, putTemplate } from './template.ts'

export const routes: Route[] = [
  reads(account.listWeChatAccounts, (ctx) => showAccounts(ctx)),
  writes(account.addWeChatAccount, (ctx, { body }) => addAccount(ctx, body)),
  writes(account.changeWeChatAccount, (ctx, { params, body }) => changeAccount(ctx, params.accountId, body)),
  reads(account.checkWeChatAccount, (ctx, { params }, call) => checkAccount(ctx, call.house, params.accountId)),
  writes(account.setWeComStaff, (ctx, { params, body }) => setStaff(ctx, params.accountId, body)),
  reads(template.listPlatformTemplates, (ctx) => listTemplates(ctx)),
  writes(template.putPlatformTemplate, (ctx, { params, body }) => putTemplate(ctx, params, body)),
  writes(template.dropPlatformTemplate, (ctx, { params }) => dropTemplate(ctx, params)),
  reads(menu.readMenu, (ctx, { params }) => showMenu(ctx, params.accountId)),
  writes(menu.saveMenu, (ctx, { params, body }) => saveMenu(ctx, params.accountId, body)),
  writes(menu.publishMenu, (ctx, { params, body }, call) =>
    publishMenu(ctx, call.house, params.accountId, body.version),
  ),
  writes(menu.withdrawMenu, (ctx, { params }, call) => withdrawMenu(ctx, call.house, params.accountId)),
  reads(way.listContactWays, (ctx, { params }) => listContactWays(ctx, params.accountId)),
  writes(way.addContactWay, (ctx, { params, body }, call) => addContactWay(ctx, call.house, params.accountId, body)),
  writes(way.removeContactWay, (ctx, { params }, call) =>
    removeContactWay(ctx, call.house, params.accountId, params.wayId),
  ),
  reads(told.readOwnWeCom, (ctx) => showOwnWeCom(ctx)),
  writes(told.chooseOwnWeCom, (ctx, { body }) => chooseOwnWeCom(ctx, body)),
  opens(noticing.noticePage, (house, { params }, call) => showNoticePage(house, params.place, call)),
  opens(noticing.noticePageConfig, (house, { params, query }) => configureNoticePage(house, params.place, query.url)),
  opens(callback.wechatHello, (house, input) => answerHello(house, input)),
  opens(callback.wechatTold, (house, input, call) => takeTold(house, input, call)),
]
