import { opens, reads, writes, type Route } from '../../../platform/context/room.ts'
import * as organization from '../contract/organization.ts'
import * as place from '../contract/place.ts'
import { dropLogo, replaceLogo, showLogo } from './logo.ts'
import { reviseOrganization, reviseSettings, showOrganization } from './organization.ts'
import { openDepartment, openSite, reviseDepartment, reviseSite } from './place.ts'
import { findDepartments, findSites } from './place-store.ts'
import { findForSignIn, findSettings } from './store.ts'

/** Ids come out of the database unbranded; the contract brands them while it parses the answer. */
const branded = <T>(rows: T) => rows as never

export const routes: Route[] = [
  opens(organization.listSignInOrganizations, async (house) => ({ organizations: await findForSignIn(house.databases.none) })),
  reads(organization.getOrganization, (ctx) => showOrganization(ctx)),
  writes(organization.changeOrganization, async (ctx, { body }, call) => {
    const answer = await reviseOrganization(ctx, body)
    call.house.forgetTenants()
    return answer
  }),
  reads(organization.getSettings, async (ctx) => {
    const { general, version } = await findSettings(ctx.db, ctx.organizationId)
    return { settings: general, version }
  }),
  writes(organization.changeSettings, (ctx, { body }) => reviseSettings(ctx, { general: body.settings }, body.version)),
  reads(organization.getSecurityPolicy, async (ctx) => {
    const { security, version } = await findSettings(ctx.db, ctx.organizationId)
    return { policy: security, version }
  }),
  writes(organization.changeSecurityPolicy, (ctx, { body }) => reviseSettings(ctx, { security: body.policy }, body.version)),
  reads(organization.getLogo, (ctx, _input, call) => showLogo(ctx, call)),
  writes(organization.putLogo, (ctx, _input, call) => replaceLogo(ctx, call)),
  writes(organization.removeLogo, (ctx) => dropLogo(ctx)),
  reads(place.listSites, async (ctx) => branded({ sites: await findSites(ctx.db, ctx.organizationId) })),
  writes(place.createSite, (ctx, { body }) => openSite(ctx, body)),
  writes(place.changeSite, (ctx, { params, body }) => reviseSite(ctx, params.siteId, body)),
  reads(place.listDepartments, async (ctx) => branded({ departments: await findDepartments(ctx.db, ctx.organizationId) })),
  writes(place.createDepartment, (ctx, { body }) => openDepartment(ctx, body)),
  writes(place.changeDepartment, (ctx, { params, body }) => reviseDepartment(ctx, params.departmentId, body)),
]
