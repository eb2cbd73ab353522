import { defineProblems } from '../../../platform/contract/index.ts'

export const praiseProblem = defineProblems({ PraiseRulesChanged: 409 })
