import { joinUses, wasm, type DeviceChoice, type DeviceUse } from '../engine/index.ts'

type Uses = readonly (DeviceUse | undefined)[]

/** One for all trainings of a model, where there is any. */
export function usedBy(uses: Uses): { readonly device?: DeviceUse } {
  const device = joinUses(uses.flatMap(use => use ?? []))
  return device === undefined ? {} : { device }
}

/** The device of a fitted model's state: nothing where none was asked for, or the default, `wasm`, by its name. */
export function trainedOn(asked: DeviceChoice | undefined, uses: Uses): { readonly device?: DeviceUse } {
  return asked === undefined || asked === 'wasm' || asked === wasm ? {} : usedBy(uses)
}
