import { resourceRule } from "../../framework";
import { judgeSettings, type Settings } from "../shared/settings";

const SETTINGS: Settings = {
    "aws:sesv2/configurationSet:ConfigurationSet": [
        {
            path: "deliveryOptions.tlsPolicy",
            otherwise: "OPTIONAL",
            allowed: ["REQUIRE"],
            wrong: "may send mail in plain",
        },
    ],
    "aws:ses/configurationSet:ConfigurationSet": [
        {
            path: "deliveryOptions.tlsPolicy",
            otherwise: "Optional",
            allowed: ["Require"],
            wrong: "may send mail in plain",
        },
    ],
};

export const rule = resourceRule({
    id: "ses-tls",
    severity: "medium",
    description: "Mail is sent over TLS or not at all.",
    fix: 'Set deliveryOptions.tlsPolicy to "REQUIRE" ("Require" of the older aws.ses.ConfigurationSet).',
    frameworks: { controls: [], securityHub: ["SES.3"], checkov: ["CKV_AWS_365"] },
    types: Object.keys(SETTINGS),
    check: (resource, report) => {
        judgeSettings(SETTINGS, resource, report);
    },
});
