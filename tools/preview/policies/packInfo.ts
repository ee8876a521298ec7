/** What a pack says about itself. */
import * as fs from "node:fs";
import * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { policyInfo } from "./messages";
import { type PolicyInfo } from "./packConfig";
import { type PackProcess } from "./packProcess";

/** What a pack says about itself. */
export interface PackInfo {
    readonly name: string;
    readonly version: string;
    readonly policies: readonly PolicyInfo[];
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
    const text = JSON.stringify({
        name: said.getName(),
        version: said.getVersion(),
        policies: said.getPoliciesList().map(policyInfo),
    });
    if (file !== undefined) {
        const draft = `${file}.${globalThis.process.pid}`;
        fs.writeFileSync(draft, text);
        fs.renameSync(draft, file);
    }
    return JSON.parse(text) as PackInfo;
}
