/**
 * What a preview replaces inside Pulumi's SDK for the sake of speed alone. Each can be left out, and the preview is the
 * same but for the order of what is registered at the same time: should a later SDK not take one, the preview with
 * `--plain-sdk` is slower, and not wrong. Loads nothing, so that it can be said before the SDK is loaded. What each buys
 * `npm run benchmark` measures; one that buys less than a tenth is not worth its lines.
 *
 * `loading`: see `lightSdk.ts`; `outputs`: see `lazyOutputs.ts`; `traces`: see `sdkPatches.ts`.
 */
export const SHORTCUTS = ["loading", "outputs", "traces"] as const;
export type Shortcut = (typeof SHORTCUTS)[number];

const leftOut = new Set<Shortcut>();

/** Leaves shortcuts out of whatever this process previews from now on, and takes the others. */
export function leaveOut(shortcuts: readonly Shortcut[]): void {
    leftOut.clear();
    for (const shortcut of shortcuts) {
        leftOut.add(shortcut);
    }
}

/** Whether a shortcut is to be taken. */
export function isTaken(shortcut: Shortcut): boolean {
    return !leftOut.has(shortcut);
}
