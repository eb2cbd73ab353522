/**
 * The tables of the whole house. Each room adds its own in `server/table.ts`:
 *
 *     declare module '../../../platform/database/schema.ts' {
 *       interface Database { card: CardTable }
 *     }
 */
// oxlint-disable-next-line typescript/no-empty-interface -- filled by declaration merging
export interface Database {}
