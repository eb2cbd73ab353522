export { isOwnDraft, mayPublish } from './rules.ts'
export { VERSION_STATES, type VersionColumns, type VersionState } from './table.ts'
export { versionsIn, type Versioned, type Versions } from './versions.ts'
