// What no model may see. Only lib/index.ts and the command line's start may import this; bin/support/house.js holds everyone to it.
export type { CampaignTruth } from '../campaign.ts'
export type { SimulatedEvent } from '../customer-log.ts'
export type { HorizonTruth } from '../expectation.ts'
export type { History } from '../history.ts'
export { readTruth, Truth } from './read-truth.ts'
export type { CustomerTruth, ExpectedTruth } from './read-truth.ts'
export { simulate } from './simulate.ts'
