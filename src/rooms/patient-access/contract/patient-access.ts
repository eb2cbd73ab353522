export * from './enter.ts'
export * from './my.ts'
export * from './ways.ts'
export * from './words.ts'
