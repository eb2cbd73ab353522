import { reads, writes, type Route } from '../../../platform/context/room.ts'
import { changeRules, getRules } from '../contract/rule.ts'
import { getSatisfaction, openWords, satisfactionRows } from '../contract/satisfaction.ts'
import { showFigures, showRows, showWords } from './figures.ts'
import { setRules, showRules } from './rule.ts'

export const routes: Route[] = [
  reads(getSatisfaction, (ctx, { query }) => showFigures(ctx, query)),
  reads(satisfactionRows, (ctx, { query }) => showRows(ctx, query)),
  reads(openWords, (ctx, { params }) => showWords(ctx, params.responseId)),
  reads(getRules, showRules),
  writes(changeRules, (ctx, { body }) => setRules(ctx, body)),
]
