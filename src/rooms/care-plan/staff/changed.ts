import { listAllPlans, listPlans, readPlan } from '../contract/plan.ts'

/** What has to be asked for again when a plan has changed. */
export const CHANGED_BY_ACT = [listPlans, readPlan, listAllPlans]
