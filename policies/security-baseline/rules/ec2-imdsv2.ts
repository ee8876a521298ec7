import { object, resourceRule, text } from "../../framework";
import { isGiven } from "../../framework/items";
import { INSTANCE, INSTANCE_TYPES, SPOT_REQUEST } from "../shared/instances";
import { shown } from "../shared/judging";

export const rule = resourceRule({
    id: "ec2-imdsv2",
    severity: "high",
    description: "Instances answer metadata requests with a session token alone (IMDSv2).",
    fix: 'Set metadataOptions.httpTokens to "required".',
    frameworks: {
        controls: ["23"],
        securityHub: ["EC2.170", "EC2.8", "AutoScaling.3"],
        cisV3: ["5.6"],
        cisV5: ["5.7"],
        checkov: ["CKV_AWS_79"],
    },
    types: INSTANCE_TYPES,
    check: ({ type, props }, report) => {
        const options = object(props.metadataOptions);
        if (text(options.httpEndpoint) === "disabled") {
            return;
        }
        const tokens = text(options.httpTokens);
        // An instance takes what it leaves out from its launch template, which is judged itself.
        if (
            tokens === undefined &&
            (type === INSTANCE || type === SPOT_REQUEST) &&
            isGiven(props, "launchTemplate")
        ) {
            return;
        }
        // Left out, the account's or the image's setting counts, and AWS's own is "optional".
        if (tokens !== "required") {
            report(
                `answers metadata requests without a token: metadataOptions.httpTokens is ${shown(tokens)}.`,
            );
        }
    },
});
