import { defineProblems } from '../../../platform/contract/index.ts'

export const fileLinkProblem = defineProblems({
  FileTooLong: 413,
  FileUnfit: 422,
  FileOwnerWithoutBirthDate: 422,
  FileOwnerWithoutMail: 422,
  FileWithoutWebAddress: 422,
  FileLinkOver: 409,
  FileLinkUnknown: 404,
})
