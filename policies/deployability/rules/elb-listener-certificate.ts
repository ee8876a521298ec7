import { resourceRule, text } from "../../framework";
import { isGiven } from "../../framework/items";
import { LISTENERS } from "../shared/types";

const ENCRYPTED = ["HTTPS", "TLS"];

export const rule = resourceRule({
    id: "elb-listener-certificate",
    severity: "high",
    description: "Listeners for HTTPS and TLS have a certificate and others have none, nor TLS settings.",
    fix: "Set certificateArn on HTTPS and TLS listeners; leave certificateArn, sslPolicy and alpnPolicy out on others.",
    frameworks: { controls: ["F6.6", "F6.7"] },
    types: LISTENERS,
    check: ({ props }, report) => {
        const protocol = text(props.protocol) ?? "HTTP";
        const isEncrypted = ENCRYPTED.includes(protocol);
        if (isEncrypted && !isGiven(props, "certificateArn")) {
            report(`has protocol ${protocol} and no certificateArn.`);
        }
        for (const property of isEncrypted ? [] : ["certificateArn", "sslPolicy"]) {
            if (isGiven(props, property)) {
                report(`has protocol ${protocol} and ${property}.`);
            }
        }
        if (protocol !== "TLS" && isGiven(props, "alpnPolicy")) {
            report(`has protocol ${protocol} and alpnPolicy, which TLS listeners alone take.`);
        }
    },
});
