import { defineProblems } from '../contract/problem.ts'

/** Refusals every endpoint may give. */
export const platformProblem = defineProblems({
  NotSignedIn: 401,
  SignInUnfinished: 401,
  NotPermitted: 403,
  NotLetIn: 403,
  ForeignRequest: 403,
  NotFound: 404,
  InvalidInput: 400,
  TooLarge: 413,
  UnsupportedMedia: 415,
  TooManyRequests: 429,
  ChangedMeanwhile: 409,
})
