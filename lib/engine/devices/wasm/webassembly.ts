/** The part of the WebAssembly API used here; the types that come with Node leave it out. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer
  grow(pages: number): number
}

export interface WasmModule {
  readonly wasmModule: unique symbol
}

export const WebAssembly = (globalThis as unknown as {
  readonly WebAssembly: {
    compile(bytes: Uint8Array): Promise<WasmModule>
    instantiate(module: WasmModule, imports: Readonly<Record<string, Readonly<Record<string, unknown>>>>): Promise<{ readonly exports: unknown }>
  }
}).WebAssembly
