/** AWS Fault Injection Service with the SDK. */
import {
    type Experiment as SdkExperiment,
    type ExperimentSummary,
    type FisClient,
    GetExperimentCommand,
    paginateListExperiments,
    StartExperimentCommand,
    StopExperimentCommand,
} from "@aws-sdk/client-fis";
import { Caller } from "./call";
import { type Experiment, type ExperimentPort } from "./ports";

/** The tag by which the experiment of a run is found. */
const RUN_TAG = "meridian:drill-run";

/** AWS FIS in a region. */
export function experimentPort(client: FisClient, region: string): ExperimentPort {
    const fis = new Caller("FIS", region);
    return {
        async start(experimentTemplateId, token) {
            const { experiment } = await fis.call("StartExperiment", (abortSignal) =>
                client.send(
                    new StartExperimentCommand({
                        experimentTemplateId,
                        clientToken: token,
                        tags: { [RUN_TAG]: token },
                    }),
                    { abortSignal },
                ),
            );
            return experimentOf(experiment);
        },
        find: (token) =>
            fis.call("ListExperiments", async (abortSignal) => {
                for await (const page of paginateListExperiments({ client }, {}, { abortSignal })) {
                    const found = page.experiments?.find(({ tags }) => tags?.[RUN_TAG] === token);
                    if (found !== undefined) {
                        return experimentOf(found);
                    }
                }
                return undefined;
            }),
        async experiment(id) {
            const { experiment } = await fis.call("GetExperiment", (abortSignal) =>
                client.send(new GetExperimentCommand({ id }), { abortSignal }),
            );
            return experimentOf(experiment);
        },
        async stop(id) {
            await fis.call("StopExperiment", (abortSignal) =>
                client.send(new StopExperimentCommand({ id }), { abortSignal }),
            );
        },
    };
}

function experimentOf({ id = "", state }: SdkExperiment | ExperimentSummary = {}): Experiment {
    return {
        id,
        status: state?.status ?? "",
        ...(state?.reason === undefined ? {} : { reason: state.reason }),
    };
}
