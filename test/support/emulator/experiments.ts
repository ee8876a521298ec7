/**
 * A stand-in for AWS FIS, which ministack 1.5.33 lacks, in the form of its REST API: an experiment of one template, that
 * begins, runs until it is stopped, and takes a region's application away meanwhile.
 *
 * Source: AWS FIS API Reference, StartExperiment, GetExperiment, ListExperiments and StopExperiment.
 */
import { type ApiAnswer, type ApiCall, errorAnswer, jsonAnswer, type Rule } from "./gate";

interface Experiment {
    readonly id: string;
    readonly region: string;
    readonly token: string;
    readonly tags: Readonly<Record<string, string>>;
    status: string;
    reason: string;
}

/** What becomes of a look at an experiment. */
const NEXT: Readonly<Record<string, string>> = {
    pending: "initiating",
    initiating: "running",
    stopping: "stopped",
};

/** Experiments, and what a test says of them. */
export class Experiments {
    readonly templateId = "EXT1a2b3c4d5e6f7";
    /** Told when an experiment takes hold, and when it lets go. */
    onChange: (moment: "begun" | "ended") => void | Promise<void> = () => undefined;
    /** Ends an experiment by an alarm, as soon as it runs. */
    alarm: string | undefined;
    readonly made: Experiment[] = [];

    /** The rule for a gate. */
    readonly rule: Rule = async (call) => (call.service === "fis" ? this.answer(call) : undefined);

    private async answer(call: ApiCall): Promise<ApiAnswer> {
        const own = this.made.filter(({ region }) => region === call.region);
        if (call.path === "/experiments") {
            return call.method === "POST"
                ? this.start(call)
                : jsonAnswer({ experiments: own.map((experiment) => this.shown(experiment)) });
        }
        const found = own.find(({ id }) => call.path === `/experiments/${id}`);
        if (found === undefined) {
            return errorAnswer(call, 404, "ResourceNotFoundException", "no such experiment");
        }
        if (call.method === "DELETE") {
            if (!["pending", "initiating", "running"].includes(found.status)) {
                return errorAnswer(call, 400, "ValidationException", `the experiment is ${found.status}`);
            }
            await this.end(found, "stopping", "Experiment halted by user action.");
        } else {
            await this.advance(found);
        }
        return jsonAnswer({ experiment: this.shown(found) });
    }

    private start(call: ApiCall): ApiAnswer {
        const { clientToken, experimentTemplateId, tags } = JSON.parse(call.body) as {
            readonly clientToken: string;
            readonly experimentTemplateId: string;
            readonly tags: Record<string, string>;
        };
        if (experimentTemplateId !== this.templateId) {
            return errorAnswer(call, 404, "ResourceNotFoundException", "no such template");
        }
        const known = this.made.find(({ token }) => token === clientToken);
        const experiment = known ?? {
            id: `EXP${this.made.length + 1}1a2b3c4d5e6f`,
            region: call.region,
            token: clientToken,
            tags,
            status: "pending",
            reason: "Experiment is pending.",
        };
        if (known === undefined) {
            this.made.push(experiment);
        }
        return jsonAnswer({ experiment: this.shown(experiment) });
    }

    private async advance(experiment: Experiment): Promise<void> {
        const next = NEXT[experiment.status];
        if (next !== undefined) {
            experiment.status = next;
            if (next === "running") {
                await this.onChange("begun");
            }
        } else if (experiment.status === "running" && this.alarm !== undefined) {
            await this.end(experiment, "stopped", this.alarm);
        }
    }

    private async end(experiment: Experiment, status: string, reason: string): Promise<void> {
        const held = experiment.status === "running";
        Object.assign(experiment, { status, reason });
        if (held) {
            await this.onChange("ended");
        }
    }

    private shown({ id, reason, region, status, tags }: Experiment): Record<string, unknown> {
        return {
            id,
            arn: `arn:aws:fis:${region}:111122223333:experiment/${id}`,
            experimentTemplateId: this.templateId,
            creationTime: 1_767_225_600,
            state: { status, reason },
            tags,
        };
    }
}
