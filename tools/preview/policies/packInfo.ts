/** What a pack says about itself. */
import * as fs from "node:fs";
import * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { RUNS_RESOURCE_RULES, RUNS_STACK_RULES } from "../../../policies/framework/messages";
import { policyInfo } from "./messages";
import { type PolicyInfo } from "./packConfig";
import { type PackProcess } from "./packProcess";

/** What a pack says about itself. */
export interface PackInfo {
    readonly name: string;
    readonly version: string;
    readonly policies: readonly PolicyInfo[];
    /** Its policies that run rules together, which only the preview configures. Left out by a pack without such. */
    readonly runners?: Runners | undefined;
}

/** Policies that run rules in place of these rules' own. */
export interface Runners {
    readonly ofResources: string;
    readonly ofStacks: string;
}

/**
 * Asks a pack what it says about itself. A bundle says the same every time, and hundreds of policies with their schemas
 * take a tenth of a second at both ends: what one has said is kept beside it.
 */
export async function infoOf(process: PackProcess): Promise<PackInfo> {
    const file = process.bundle === undefined ? undefined : `${process.bundle}.info.json`;
    if (file !== undefined && fs.existsSync(file)) {
        return JSON.parse(fs.readFileSync(file, "utf8")) as PackInfo;
    }
    const answer = await process.call("GetAnalyzerInfo", new Empty().serializeBinary());
    const said = analyzer.AnalyzerInfo.deserializeBinary(answer);
    const all = said.getPoliciesList().map(policyInfo);
    const runner = (tag: string): PolicyInfo | undefined => all.find(({ tags }) => tags.includes(tag));
    const [ofResources, ofStacks] = [runner(RUNS_RESOURCE_RULES), runner(RUNS_STACK_RULES)];
    const text = JSON.stringify({
        name: said.getName(),
        version: said.getVersion(),
        policies: all.filter((policy) => policy !== ofResources && policy !== ofStacks),
        runners:
            ofResources === undefined || ofStacks === undefined
                ? undefined
                : { ofResources: ofResources.name, ofStacks: ofStacks.name },
    } satisfies PackInfo);
    if (file !== undefined) {
        const draft = `${file}.${globalThis.process.pid}`;
        fs.writeFileSync(draft, text);
        fs.renameSync(draft, file);
    }
    return JSON.parse(text) as PackInfo;
}
