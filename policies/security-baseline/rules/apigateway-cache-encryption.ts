import { flag, object, resourceRule } from "../../framework";
import { METHOD_SETTINGS } from "../shared/apis";
import { shown } from "../shared/judging";

export const rule = resourceRule({
    id: "apigateway-cache-encryption",
    severity: "medium",
    description: "Responses that REST APIs cache are encrypted.",
    fix: "Set settings.cacheDataEncrypted to true.",
    frameworks: { controls: ["109"], securityHub: ["APIGateway.5"], checkov: ["CKV_AWS_308"] },
    types: [METHOD_SETTINGS],
    check: ({ props }, report) => {
        const { cachingEnabled, cacheDataEncrypted } = object(props.settings);
        // Both are false by default.
        if (flag(cachingEnabled) === true && flag(cacheDataEncrypted) !== true) {
            report(`caches responses in plain: settings.cacheDataEncrypted is ${shown(cacheDataEncrypted)}.`);
        }
    },
});
