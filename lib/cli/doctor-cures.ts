/** What native code says when it does not load, and what helps. docs/devices.md tells more of each. */
const CURES: readonly (readonly [RegExp, string])[] = [
  [/libvulkan/, 'install the loader of Vulkan (Debian, Ubuntu: apt-get install libvulkan1) and the driver of your card'],
  [
    /no adapter/,
    'on Linux install the Vulkan driver of your card and look at `vulkaninfo --summary`; to try without a card, point VK_ICD_FILENAMES at a software driver (docs/devices.md)',
  ],
  [
    /libtensorflow|tfjs_binding/,
    'the library or the addon is not where it is looked for, or is damaged: `clvlab doctor --install tensorflow` builds both anew',
  ],
  [
    /libcud|libcublas|libnv|libcuda/i,
    'the CUDA libraries are not found or of another version: docs/devices.md says which belong together',
  ],
  [/isNullOrUndefined|isArray is not/, 'tfjs-node needs a shim on Node 23 and later: load it through clvlab, which brings it'],
  [/NODE_MODULE_VERSION|different Node/, 'it was compiled for another Node: `clvlab doctor --install tensorflow` builds it anew'],
  [/GLIBC|GLIBCXX/, 'the system is older than the library: use Debian 11, Ubuntu 20.04 or later'],
]

export function cureFor(why: string): string | undefined {
  return CURES.find(([said]) => said.test(why))?.[1]
}
