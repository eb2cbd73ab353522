/** The door of the room audit. */
export { recordAudit } from './record.ts'
export { sealAll } from './seal.ts'
export { openingsOf, type Opening } from './search.ts'
export { verifyChain, type VerifyOptions } from './verify.ts'
