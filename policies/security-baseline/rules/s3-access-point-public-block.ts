import { resourceRule } from "../../framework";
import { type Setting, judgeSettings, type Settings } from "../shared/settings";

const FLAGS = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"];

/** The flags of a block, all of which are on where they are left out. */
function flagsIn(path: string): readonly Setting[] {
    return FLAGS.map((name) => ({
        path: `${path}.${name}`,
        otherwise: true,
        allowed: [true],
        wrong: "lets its bucket be public",
    }));
}

const SETTINGS: Settings = {
    "aws:s3/accessPoint:AccessPoint": flagsIn("publicAccessBlockConfiguration"),
    "aws:s3control/multiRegionAccessPoint:MultiRegionAccessPoint": flagsIn("details.publicAccessBlock"),
};

export const rule = resourceRule({
    id: "s3-access-point-public-block",
    severity: "critical",
    description: "Access points of S3 block all public access, which can be said at their making alone.",
    fix: "Leave the block of public access out, or set all four flags to true.",
    frameworks: { controls: [], securityHub: ["S3.19", "S3.24"], checkov: ["CKV_AWS_392"] },
    types: Object.keys(SETTINGS),
    check: (resource, report) => {
        judgeSettings(SETTINGS, resource, report);
    },
});
