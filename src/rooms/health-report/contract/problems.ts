import { defineProblems } from '../../../platform/contract/index.ts'

export const reportProblem = defineProblems({
  NothingToPrint: 409,
  ReportNotReady: 409,
  ReportWithdrawn: 410,
  ReportIssuedAlready: 409,
  ReportNotIssued: 409,
  PartUnknown: 404,
  PartChanged: 409,
  PartSignedAlready: 409,
  PartsNotSigned: 409,
  SignatureNotYours: 409,
  HepatitisBApart: 422,
  WishMissing: 409,
  WishStands: 409,
  NothingSealed: 409,
  AlertStillOpen: 409,
  BatchNotFinished: 409,
  BatchEmpty: 409,
})
