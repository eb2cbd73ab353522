export * from './definitions.ts'
export * from './invitations.ts'
export * from './responses.ts'
export * from './words.ts'
