import { required } from "../shared/environment";
import { watchHost } from "./watch";

/** Asks a host for its pages, as a viewer would. Called by CloudWatch Synthetics, for which an error is a failed run. */
export async function handler(): Promise<string> {
    const report = await watchHost(
        required("WATCHED_HOST"),
        JSON.parse(required("WATCHED_PATHS")) as string[],
    );
    console.log(report);
    return report;
}
