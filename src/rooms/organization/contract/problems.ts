import { defineProblems } from '../../../platform/contract/index.ts'

export const organizationProblem = defineProblems({
  TimeZoneUnknown: 422,
  SiteNameTaken: 409,
  DepartmentNameTaken: 409,
  SiteUnknown: 422,
  LeadUnknown: 422,
  LogoNotPng: 415,
  LogoTooLarge: 413,
})
