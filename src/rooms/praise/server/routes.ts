import { reads, writes, type Route } from '../../../platform/context/room.ts'
import { changePraiseRule, getPraiseRule, myPraise } from '../contract/praise.ts'
import { showOwnPraise } from './own.ts'
import { changeRule, showRule } from './rule.ts'

export const routes: Route[] = [
  reads(getPraiseRule, (ctx) => showRule(ctx)),
  writes(changePraiseRule, (ctx, { body }) => changeRule(ctx, body)),
  reads(myPraise, (ctx) => showOwnPraise(ctx)),
]
