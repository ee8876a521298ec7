import { flag, object, resourceRule } from "../../framework";
import { METHOD_SETTINGS } from "../shared/apis";

export const rule = resourceRule({
    id: "apigateway-cache-control",
    severity: "medium",
    description: "Caches of REST APIs are emptied by those alone who may.",
    fix: "Leave settings.requireAuthorizationForCacheControl out, or set it to true.",
    frameworks: { controls: [] },
    types: [METHOD_SETTINGS],
    check: ({ props }, report) => {
        const { cachingEnabled, requireAuthorizationForCacheControl } = object(props.settings);
        // API Gateway's default is true.
        if (flag(cachingEnabled) === true && flag(requireAuthorizationForCacheControl) === false) {
            report(
                "lets anybody go past the cache with a header: settings.requireAuthorizationForCacheControl is false.",
            );
        }
    },
});
