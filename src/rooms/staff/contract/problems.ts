import { defineProblems } from '../../../platform/contract/index.ts'

export const staffProblem = defineProblems({
  SignInRefused: 401,
  AccountLocked: 423,
  AccountDisabled: 403,
  OrganizationNeeded: 422,
  CodeRefused: 422,
  SecondFactorSet: 409,
  SecondFactorNotBegun: 409,
  PasswordWrong: 422,
  PasswordTooWeak: 422,
  PasswordUsedBefore: 422,
  InvitationSpent: 410,
  LoginTaken: 409,
  DepartmentUnknown: 422,
  RolesConflict: 422,
  NotOnOneself: 403,
  NotPhysician: 422,
  NotServiceManager: 422,
  AccountNotOpen: 409,
})
