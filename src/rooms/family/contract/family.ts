export * from './entrance.ts'
export * from './own.ts'
export * from './staff.ts'
export * from './words.ts'
