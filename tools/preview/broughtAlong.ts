/** Has the preview's own modules find those that the package brings along. Import this before anything that needs them. */
import { findElsewhere, vendored } from "./vendored";

findElsewhere(vendored());
