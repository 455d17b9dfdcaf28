import { joinUses, type DeviceChoice, type DeviceUse } from '../engine/index.ts'

type Uses = readonly (DeviceUse | undefined)[]

/** One for all trainings of a model, where there is any. */
export function usedBy(uses: Uses): { readonly device?: DeviceUse } {
  const device = joinUses(uses.flatMap(use => use ?? []))
  return device === undefined ? {} : { device }
}

/** The device of a fitted model's state: nothing where no device was asked for, which is `wasm`. */
export function trainedOn(asked: DeviceChoice | undefined, uses: Uses): { readonly device?: DeviceUse } {
  return asked === undefined ? {} : usedBy(uses)
}
