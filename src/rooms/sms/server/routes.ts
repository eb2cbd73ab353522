import { opens, reads, writes, type Route } from '../../../platform/context/room.ts'
import * as account from '../contract/account.ts'
import * as callback from '../contract/callback.ts'
import { changeAccount, showAccount } from './account.ts'
import { receiveCallback } from './callback.ts'
import { showUnplaced } from './unplaced.ts'

export const routes: Route[] = [
  reads(account.getSmsAccount, (ctx) => showAccount(ctx)),
  writes(account.setSmsAccount, (ctx, { body }) => changeAccount(ctx, body)),
  reads(account.listUnplaced, (ctx) => showUnplaced(ctx)),
  opens(callback.smsReceipts, (house, { params }, call) => receiveCallback(house, params.token, 'receipts', call)),
  opens(callback.smsReplies, (house, { params }, call) => receiveCallback(house, params.token, 'replies', call)),
]
