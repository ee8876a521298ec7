/** Leaves out of a measured process the shortcut that its environment names. Loads nothing of the SDK. */
import { leaveOut, SHORTCUTS } from "../preview/shortcuts";

/** The environment variable that names the shortcut. */
export const LEFT_OUT = "MERIDIAN_BENCHMARK_WITHOUT";

leaveOut(SHORTCUTS.filter((shortcut) => shortcut === process.env[LEFT_OUT]));
