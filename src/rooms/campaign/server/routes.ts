import { reads, writes, type Route } from '../../../platform/context/room.ts'
import { readCalendar } from '../contract/calendar.ts'
import * as contract from '../contract/campaign.ts'
import * as outcome from '../contract/outcome.ts'
import { showCalendar } from './calendar-view.ts'
import * as content from './content.ts'
import { control } from './control.ts'
import { showPeople, showPreview } from './people.ts'
import { showResults } from './results.ts'
import { countPeople, listAll, showOne } from './view.ts'

export const routes: Route[] = [
  reads(contract.listCampaigns, (ctx) => listAll(ctx)),
  reads(readCalendar, (ctx, { query }) => showCalendar(ctx, query)),
  // On a connection of its own, so that the next question can break it off.
  writes(contract.countAudience, (ctx, { body }, { house }) =>
    countPeople({ ...ctx, db: house.databases.of(ctx.organizationId) }, body.audience, body.ask),
  ),
  writes(contract.createCampaign, (ctx, { body }) => content.create(ctx, body.definition)),
  reads(contract.readCampaign, (ctx, { params }) => showOne(ctx, params.campaignId)),
  writes(contract.saveCampaign, (ctx, { params, body }) => content.save(ctx, params.campaignId, body)),
  writes(contract.submitCampaign, (ctx, { params, body }) => content.submit(ctx, params.campaignId, body.revision)),
  writes(contract.decideCampaign, (ctx, { params, body }) => content.decide(ctx, params.campaignId, body)),
  writes(contract.controlCampaign, (ctx, { params, body }) => control(ctx, params.campaignId, body)),
  reads(outcome.readResults, (ctx, { params }) => showResults(ctx, params.campaignId)),
  reads(outcome.listPeople, (ctx, { params, query }) => showPeople(ctx, params.campaignId, query)),
  writes(outcome.previewAsPerson, (ctx, { params, body }) => showPreview(ctx, params.campaignId, body)),
]
