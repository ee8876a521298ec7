import { number, object, resourceRule } from "../../framework";
import { INSTANCE_TYPES } from "../shared/instances";

interface Config {
    readonly maxHops: number;
}

export const rule = resourceRule<Config>({
    id: "ec2-metadata-hop-limit",
    severity: "low",
    level: "advisory",
    description: "Answers of the instance metadata service do not leave the instance.",
    fix: "Set metadataOptions.httpPutResponseHopLimit to 1.",
    frameworks: { controls: ["24"], checkov: ["CKV_AWS_341"] },
    types: INSTANCE_TYPES,
    config: {
        maxHops: {
            type: "integer",
            minimum: 1,
            default: 1,
            description: "How many network hops an answer may take; containers on a bridge need 2.",
        },
    },
    check: ({ props }, report, { maxHops }) => {
        // AWS's default is 1.
        const hops = number(object(props.metadataOptions).httpPutResponseHopLimit) ?? 1;
        if (hops > maxHops) {
            report(`lets metadata answers travel ${hops} hops (metadataOptions.httpPutResponseHopLimit).`);
        }
    },
});
