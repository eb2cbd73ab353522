/** The door of the room message. */
import './table.ts'
export { withdrawMessages } from './act.ts'
export { holdPromotion, holdsOf, liftPromotion, type Hold, type PromotionHold } from './hold.ts'
export { templatesBehindLogin, templatesForSegment } from './block-audience.ts'
export { workingDays } from './days-off.ts'
export { HOLIDAYS_KNOWN, lackingYears, type HolidayKnowledge } from './holiday-check.ts'
export { notifyStaff, type NewNotice } from './notice.ts'
export { showAsPerson, type AsPerson } from './as-person.ts'
export { countCampaign, holdCampaign, releaseCampaign, withdrawCampaign, type CampaignCount } from './of-campaign.ts'
export {
  linkAccount,
  linkedAccounts,
  linkedApps,
  noteAct,
  reachOf,
  refuseRight,
  settleRight,
  takeRight,
  type KnownAs,
  type RightAct,
} from './right.ts'
export { chooseRung, rungVerdict, type Reach, type Rung } from './rules/channel-right.ts'
export { changesOfWeChat, changesOfWeCom, isOwnAct } from './rules/right-changes.ts'
export { withdrawFromRelatives } from './relatives.ts'
export { readingTokenOf, readReadingToken, TRAP, type ReadingMark } from './reading-token.ts'
export { findMails, findMailsTo, mailOfUnsubscribe, takeReturned, type MailBrief, type Returned } from './returned.ts'
export { escapeHtml } from './rules/mail-document.ts'
export type { NewMessage, SentMessage } from './new-message.ts'
export { sendMessage, sendMessages } from './send.ts'
export { sendPush } from './push-sender.ts'
export { sendDue } from './sender.ts'
export { openFence } from './fence.ts'
export { putTemplateInForce } from './put-in-force.ts'
export { previewOf as previewTemplate, type Preview } from './template-view.ts'
export { campaignStop, endCampaignStop } from './stop.ts'
export { markRestored } from './restored.ts'
export { messageStep } from './step.ts'
export { expiredTemplates, linkTemplates, templateNames, templatesInForce } from './templates.ts'
