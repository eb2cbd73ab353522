import { defineProblems } from '../../../platform/contract/index.ts'

export const campaignProblem = defineProblems({
  CampaignFaulty: 422,
  CampaignNotDraft: 409,
  CampaignNotSubmitted: 409,
  CampaignOwnHand: 403,
  CampaignNotReady: 409,
  CampaignNotRunning: 409,
  CampaignNotPaused: 409,
  CampaignOver: 409,
  CampaignWaitsForReason: 422,
  SendingStopped: 409,
  AudienceBarred: 422,
  PersonNotReachable: 404,
})
