/** The door of the room follow-up. */
export { installShippedProtocols } from './shipped.ts'
export {
  dropPackedProtocol,
  findPackedProtocols,
  layPackedProtocol,
  protocolsAtWork,
  setProtocolReach,
  type ProtocolAtWork,
} from './packed.ts'
export { followUpStep } from './step.ts'
export { isVisitOf, visitsDone } from './visits-door.ts'
