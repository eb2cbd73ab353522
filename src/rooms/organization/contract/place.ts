import { z } from 'zod'
import { endpoint, id, staffId } from '../../../platform/contract/index.ts'

export type SiteId = z.output<typeof siteId>
export const siteId = id('site')
export type DepartmentId = z.output<typeof departmentId>
export const departmentId = id('department')

const noPatient = { none: 'it shows nothing of a patient' } as const
const version = z.number().int().positive()
const done = z.object({ version })
const name = z.string().trim().min(1).max(100)
const phone = z.string().trim().max(40)
const address = z.string().trim().max(200)

const siteFields = z.object({ name, address, phone })

export const listSites = endpoint({
  name: 'organization.listSites',
  method: 'GET',
  path: '/sites',
  summary: 'Sites, also those no longer in use',
  gate: { permission: 'signed-in', audit: noPatient },
  output: z.object({ sites: z.array(siteFields.extend({ id: siteId, active: z.boolean(), version })) }),
})

export const createSite = endpoint({
  name: 'organization.createSite',
  method: 'POST',
  path: '/sites',
  summary: 'Add a site',
  gate: { permission: 'organization.configure', audit: { action: 'site.create' } },
  body: siteFields,
  output: z.object({ id: siteId }),
  problems: ['SiteNameTaken'],
})

export const changeSite = endpoint({
  name: 'organization.changeSite',
  method: 'PUT',
  path: '/sites/:siteId',
  summary: 'Change a site, or take it out of use',
  gate: { permission: 'organization.configure', audit: { action: 'site.change', subject: 'siteId' } },
  params: z.object({ siteId }),
  body: siteFields.extend({ active: z.boolean(), version }),
  output: done,
  problems: ['SiteNameTaken', 'ChangedMeanwhile'],
})

const departmentFields = z.object({ name, siteId: siteId.nullable(), leadId: staffId.nullable() })

export const listDepartments = endpoint({
  name: 'organization.listDepartments',
  method: 'GET',
  path: '/departments',
  summary: 'Departments with site and lead, also those no longer in use',
  gate: { permission: 'signed-in', audit: noPatient },
  output: z.object({ departments: z.array(departmentFields.extend({ id: departmentId, active: z.boolean(), version })) }),
})

export const createDepartment = endpoint({
  name: 'organization.createDepartment',
  method: 'POST',
  path: '/departments',
  summary: 'Add a department',
  gate: { permission: 'organization.configure', audit: { action: 'department.create' } },
  body: departmentFields,
  output: z.object({ id: departmentId }),
  problems: ['DepartmentNameTaken', 'SiteUnknown', 'LeadUnknown'],
})

export const changeDepartment = endpoint({
  name: 'organization.changeDepartment',
  method: 'PUT',
  path: '/departments/:departmentId',
  summary: 'Change a department, or take it out of use',
  gate: { permission: 'organization.configure', audit: { action: 'department.change', subject: 'departmentId' } },
  params: z.object({ departmentId }),
  body: departmentFields.extend({ active: z.boolean(), version }),
  output: done,
  problems: ['DepartmentNameTaken', 'SiteUnknown', 'LeadUnknown', 'ChangedMeanwhile'],
})
