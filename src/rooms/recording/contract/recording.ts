export * from './listen.ts'
export * from './record.ts'
export * from './settings.ts'
export * from './words.ts'
