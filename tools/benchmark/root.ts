/** Where the project is, told without loading any of it. */
import * as path from "node:path";

export const ROOT = path.resolve(__dirname, "../..");
