/** The door of the room segment. */
export { countForSegment } from './count.ts'
export { furnishSegments } from './demonstration.ts'
export { installShippedLists } from './shipped.ts'
export { runFill as fillNow } from './fill.ts'
export { membersOf, requireSegment, type MemberPage } from './members-of.ts'
export { putInForce } from './segment.ts'
export { sizeFor } from './size.ts'
export { segmentStep } from './step.ts'
