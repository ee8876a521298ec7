import { resourceRule, text } from "../../framework";
import { AURORA_VERSIONS, majorOf } from "../shared/engineVersions";
import { RDS_CLUSTER, RDS_GLOBAL } from "../shared/types";
import { choices } from "../shared/values";

interface Config {
    readonly alsoKnown: readonly string[];
}

export const rule = resourceRule<Config>({
    id: "aurora-known-version",
    severity: "high",
    description: "Aurora clusters have an engine version in which AWS creates clusters.",
    fix: "Give engineVersion a version that is allowed, or add a newer one to the rule's alsoKnown.",
    frameworks: { controls: ["C3"] },
    types: [RDS_CLUSTER, RDS_GLOBAL],
    config: {
        alsoKnown: {
            type: "array",
            items: { type: "string" },
            default: [],
            description: "Versions that came out since the rule's list was made.",
        },
    },
    check: ({ props }, report, { alsoKnown }) => {
        const engine = text(props.engine) ?? "";
        const known = AURORA_VERSIONS[engine];
        if (known === undefined) {
            return;
        }
        // Without a version AWS takes its default.
        const version = text(props.engineVersion);
        if (version === undefined || version === "" || alsoKnown.includes(version)) {
            return;
        }
        // A major version alone stands for its default minor version.
        const versions = known[majorOf(engine, version) ?? ""];
        if (known[version] === undefined && versions?.includes(version) !== true) {
            const allowed = versions ?? Object.keys(known).map((major) => `${major}…`);
            report(`has engineVersion "${version}"; ${engine} is created in ${choices(allowed)}.`);
        }
    },
});
